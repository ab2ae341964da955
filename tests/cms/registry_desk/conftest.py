"""Two townships that must not touch each other's rows, and a person of every role."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    OrganisationFactory,
    RegistryFactory,
    ServiceCentreFactory,
    UserFactory,
)


def a_township(name: str, code: str) -> SimpleNamespace:
    """A township with one of everything."""
    area = AreaFactory(name=name, code=code)
    village = AreaFactory(village=True, name=f"示例{name[:2]}村", code=f"{code[:9]}201", parent=area)
    grid = GridFactory(community=village, code=f"{village.code}001", name=f"{name[:2]}第一网格")
    registry = RegistryFactory(kind="power", area=area, title=f"{name}权力清单")
    return SimpleNamespace(
        area=area,
        village=village,
        organisation=OrganisationFactory(township=True, area=area, name=f"{name}人民政府"),
        centre=ServiceCentreFactory(area=area),
        point=AgencyPointFactory(area=village),
        grid=grid,
        assignment=GridAssignmentFactory(grid=grid),
        registry=registry,
        published=EditionFactory(registry=registry, published=True, items=[{"name": f"{name}的老事项"}]),
        draft=EditionFactory(registry=registry, items=[{"name": f"{name}的新事项"}]),
    )


@pytest.fixture
def chongxing(db: Any) -> SimpleNamespace:
    return a_township("崇兴镇", "640181102000")


@pytest.fixture
def linhe(db: Any) -> SimpleNamespace:
    return a_township("临河镇", "640181105000")


@pytest.fixture
def people(chongxing: SimpleNamespace, linhe: SimpleNamespace) -> SimpleNamespace:
    """Clients that are logged in; `township` works for 崇兴镇."""
    users = SimpleNamespace(
        city=UserFactory(city_editor=True),
        township=UserFactory(township_editor=True, organisation=chongxing.organisation),
        reviewer=UserFactory(legal_reviewer=True),
        printer=UserFactory(printer=True, organisation=chongxing.organisation),
        homeless=UserFactory(township_editor=True, organisation=None),
    )
    return SimpleNamespace(users=users, **{name: logged_in(user) for name, user in vars(users).items()})


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
