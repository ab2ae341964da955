from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from registries.lists.enums import (
    CaseType,
    EnforcementMode,
    GrantMode,
    ItemType,
    LimitUnit,
    PartyRole,
    ServiceObject,
)
from registries.lists.kinds import kind_of
from registries.lists.models import (
    DelegatedItem,
    Edition,
    EnforcementItem,
    PowerItem,
    Registry,
    ResponsibilityItem,
    ServiceItem,
)
from registries.lists.publication import publish_edition
from registries.lists.rows import as_stream

from .places import OrganisationFactory, the_city


class RegistryFactory(DjangoModelFactory):
    """The service list of the city; RegistryFactory(kind="power") another of the five, `area=` another place."""

    class Meta:
        model = Registry
        django_get_or_create = ("kind", "area")

    kind = "service"
    area = factory.LazyFunction(the_city)
    title = factory.LazyAttribute(lambda registry: f"{registry.area.name}乡镇（街道）{kind_of(registry.kind)}")


class EditionFactory(DjangoModelFactory):
    """A draft edition with rows; published on request, as the desk publishes.

    EditionFactory()                                   a draft of the city's service list with one row
    EditionFactory(registry__kind="power", items=3)    three rows
    EditionFactory(items=[{"name": "…"}, {"name": "…"}])
    EditionFactory(published=True, effective_from=date(2021, 3, 31))
    """

    class Meta:
        model = Edition

    class Params:
        published = False
        published_at = datetime(2021, 3, 31, 4, tzinfo=UTC)
        published_by = None
        items = 1

    registry = factory.SubFactory(RegistryFactory)
    number = factory.LazyAttribute(
        lambda edition: max(edition.registry.editions.values_list("number", flat=True), default=0) + 1
    )
    effective_from = date(2021, 3, 31)
    basis_title = "示例依据文件"
    basis_doc_no = "灵政办发〔2021〕20号"

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        return kwargs

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> Edition:
        """Publishing needs rows, and rows need the draft: hence in this order."""
        published, by = params.pop("published", False), params.pop("published_by", None)
        at, items = params.pop("published_at", datetime(2021, 3, 31, 4, tzinfo=UTC)), params.pop("items", 1)
        edition = super()._generate(strategy, params)
        make = item_factory(edition.registry.kind)
        for place, values in enumerate([{}] * items if isinstance(items, int) else items, 1):
            make(**{"edition": edition, "seq_no": place, **values})
        return publish_edition(edition, by=by, at=at) if published else edition


def item_factory(kind: str) -> "type[_ItemFactory]":
    """The factory of a kind's rows: `item_factory("power")(edition=draft, name="…")`."""
    return {
        "power": PowerItemFactory,
        "delegated": DelegatedItemFactory,
        "service": ServiceItemFactory,
        "enforcement": EnforcementItemFactory,
        "responsibility": ResponsibilityItemFactory,
    }[kind]


def _basis(text: str = "《示例条例》第九条第一款") -> list[dict[str, Any]]:
    return as_stream([{"text": text, "law_name": "示例条例", "article": "第九条第一款"}])


class _ItemFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    seq_no = factory.LazyAttribute(lambda item: item.edition.items.count() + 1)
    name = factory.Sequence(lambda n: f"示例事项{n}")
    department = factory.SubFactory(OrganisationFactory)
    legal_bases = factory.LazyFunction(_basis)


class PowerItemFactory(_ItemFactory):
    class Meta:
        model = PowerItem

    edition = factory.SubFactory(EditionFactory, registry__kind="power", items=0)
    item_type = ItemType.CONFIRMATION
    township_kinds = factory.LazyFunction(lambda: ["township", "street"])
    duties = factory.LazyFunction(lambda: as_stream([{"stage": "受理责任", "text": "公示应当提交的材料。"}]))


class DelegatedItemFactory(_ItemFactory):
    class Meta:
        model = DelegatedItem

    edition = factory.SubFactory(EditionFactory, registry__kind="delegated", items=0)
    item_type = ItemType.LICENCE
    grant_mode = GrantMode.ENTRUSTED
    effective_on = date(2021, 4, 1)
    township_kinds = factory.LazyFunction(lambda: ["township", "street"])


class ServiceItemFactory(_ItemFactory):
    """A service with a whole guide; ServiceItemFactory(bare=True) has nothing but its name."""

    class Meta:
        model = ServiceItem

    class Params:
        bare = factory.Trait(
            materials=[], steps=[], conditions=[], places=[], faqs=[], promised_value=None, promised_unit="", hours=""
        )

    edition = factory.SubFactory(EditionFactory, registry__kind="service", items=0)
    item_type = ItemType.PAYMENT
    case_type = CaseType.PROMISED
    service_objects = factory.LazyFunction(lambda: [ServiceObject.PERSON.value])
    levels = factory.LazyFunction(lambda: ["5", "6"])
    four_modes = factory.LazyFunction(lambda: ["3", "4"])
    special_services = factory.LazyFunction(lambda: ["agent"])
    statutory_value = 30
    statutory_unit = LimitUnit.WORKING_DAY
    promised_value = 20
    promised_unit = LimitUnit.WORKING_DAY
    visits = 1
    conditions = factory.LazyFunction(lambda: ["本市户籍", "符合规定的收入标准"])
    materials = factory.LazyFunction(
        lambda: as_stream(
            [
                {"name": "居民身份证", "original": 1, "copy": 1, "necessity": "1", "waiver": ""},
                {"name": "户口簿", "original": 1, "copy": 0, "necessity": "1", "waiver": "query"},
            ]
        )
    )
    steps = factory.LazyFunction(
        lambda: as_stream([{"name": name, "limit": ""} for name in ("申请", "受理", "审核", "公示", "办结")])
    )
    places = factory.LazyFunction(lambda: ["各乡镇（街道）民生服务中心综合窗口"])
    hours = "工作日9:00—17:00"
    consult_phone = "0951-000-0101"
    complaint_phone = "0951-000-0102"
    result_name = "审批结果告知书"
    faqs = factory.LazyFunction(lambda: as_stream([{"question": "可以代办吗？", "answer": "可以由代办员代办。"}]))


class EnforcementItemFactory(_ItemFactory):
    class Meta:
        model = EnforcementItem

    edition = factory.SubFactory(EditionFactory, registry__kind="enforcement", items=0)
    item_type = ItemType.PENALTY
    category = "城市管理"
    statutory_subject = "县级以上城市管理部门"
    enforcement_mode = EnforcementMode.GRANTED


class ResponsibilityItemFactory(_ItemFactory):
    class Meta:
        model = ResponsibilityItem

    edition = factory.SubFactory(EditionFactory, registry__kind="responsibility", items=0)
    department = None
    category = "安全生产"
    parties = factory.LazyFunction(
        lambda: as_stream(
            [
                {"organisation": "应急管理局", "role": PartyRole.LEAD.value, "duties": ["牵头检查", "组织整改"]},
                {"organisation": "乡镇人民政府", "role": PartyRole.ASSIST.value, "duties": ["日常巡查"]},
            ]
        )
    )
