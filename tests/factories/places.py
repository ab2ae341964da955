from typing import Any

import factory
from factory.django import DjangoModelFactory

from registries.places.enums import REQUIRED_FACILITIES, AreaKind, OrganisationKind, TenOnes
from registries.places.models import AgencyPoint, Area, Grid, Organisation, ServiceCentre

CITY_CODE = "640181000000"


def the_city() -> Area:
    """灵武市, made once a test."""
    return Area.objects.get_or_create(
        code=CITY_CODE, defaults={"name": "灵武市", "kind": AreaKind.CITY, "pinyin": "ling wu"}
    )[0]


class AreaFactory(DjangoModelFactory):
    """A township; with a trait a street, a village or a community of a new township, or the city.

    AreaFactory() · AreaFactory(street=True) · AreaFactory(village=True, parent=township) · AreaFactory(community=True)
    """

    class Meta:
        model = Area
        django_get_or_create = ("code",)

    class Params:
        city = factory.Trait(code=CITY_CODE, name="灵武市", kind=AreaKind.CITY, parent=None)
        street = factory.Trait(
            kind=AreaKind.STREET,
            name=factory.Sequence(lambda n: f"示例{n}街道"),
            code=factory.Sequence(lambda n: f"640181{10 + n % 80:03d}000"),
        )
        below = factory.Trait(
            parent=factory.SubFactory("tests.factories.places.AreaFactory"),
            code=factory.LazyAttributeSequence(lambda area, n: f"{area.parent.code[:9]}{200 + n % 199:03d}"),
        )
        village = factory.Trait(below=True, kind=AreaKind.VILLAGE, name=factory.Sequence(lambda n: f"示例{n}村"))
        community = factory.Trait(below=True, kind=AreaKind.COMMUNITY, name=factory.Sequence(lambda n: f"示例{n}社区"))

    kind = AreaKind.TOWN
    name = factory.Sequence(lambda n: f"示例{n}镇")
    code = factory.Sequence(lambda n: f"640181{110 + n % 89:03d}000")
    parent = factory.LazyFunction(the_city)


class OrganisationFactory(DjangoModelFactory):
    """A department; OrganisationFactory(city_office=True) reaches everything, (township=True) its own area."""

    class Meta:
        model = Organisation
        django_get_or_create = ("name",)

    class Params:
        city_office = factory.Trait(kind=OrganisationKind.CITY, name="市政府办公室")
        township = factory.Trait(
            kind=OrganisationKind.TOWNSHIP,
            area=factory.SubFactory(AreaFactory),
            name=factory.LazyAttribute(lambda body: f"{body.area.name}人民政府"),
        )

    kind = OrganisationKind.DEPARTMENT
    name = factory.Sequence(lambda n: f"示例{n}局")


class _ServicePlaceFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    name = factory.LazyAttribute(lambda place: "")  # the model fills in the fixed name
    address = factory.Sequence(lambda n: f"示例路{n + 1}号一层")
    hours = "工作日9:00—17:00"
    phone = factory.Sequence(lambda n: f"0951-000-{2 * n % 10000:04d}")
    complaint_phone = factory.Sequence(lambda n: f"0951-000-{(2 * n + 1) % 10000:04d}")


class ServiceCentreFactory(_ServicePlaceFactory):
    """The centre of a township, with all required facilities."""

    class Meta:
        model = ServiceCentre
        django_get_or_create = ("area",)

    area = factory.SubFactory(AreaFactory)
    facilities = factory.LazyFunction(lambda: [facility.value for facility in REQUIRED_FACILITIES])
    windows = factory.LazyFunction(lambda: ["1号 全科综合窗口"])


class AgencyPointFactory(_ServicePlaceFactory):
    """The agency point of a village, with its “十个一”."""

    class Meta:
        model = AgencyPoint
        django_get_or_create = ("area",)

    area = factory.SubFactory(AreaFactory, village=True)
    ten_ones = factory.LazyFunction(lambda: list(TenOnes.values))


def square(column: int, row: int = 0, size: float = 0.001) -> dict[str, Any]:
    """The boundary of a square grid; equal rows and consecutive columns share an edge."""
    west, south = round(106.3 + column * size, 6), round(38.1 + row * size, 6)
    east, north = round(106.3 + (column + 1) * size, 6), round(38.1 + (row + 1) * size, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class GridFactory(DjangoModelFactory):
    """A grid of a community. Grids made one after another share an edge: `GridFactory.create_batch(3, community=…)`.

    GridFactory(boundary=None) has no boundary, GridFactory(place=(column, row)) lies in that square.
    """

    class Meta:
        model = Grid

    class Params:
        place = factory.Sequence(lambda n: (n, 0))

    community = factory.SubFactory(AreaFactory, community=True)
    code = factory.LazyAttributeSequence(lambda grid, n: f"{grid.community.code}{1 + n % 999:03d}")
    name = factory.LazyAttribute(lambda grid: f"{grid.community.name}第{int(grid.code[-3:])}网格")
    boundary = factory.LazyAttribute(lambda grid: square(*grid.place))
    bounds_text = "东至示例东路，西至示例西路，南至示例南街，北至示例北街"
    households = 200
    population = 500
