"""A list of a bureau with a draft, and the people of its review."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from cms.reviews import reviewing
from cms.reviews.models import Review
from registries.lists.drafting import start_draft
from registries.lists.models import Edition
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory, UserFactory

NOON = datetime(2022, 1, 1, 4, tzinfo=UTC)


@pytest.fixture
def bureau(db: Any) -> Any:
    return OrganisationFactory(name="示例审批局")


@pytest.fixture
def users(bureau: Any) -> SimpleNamespace:
    return SimpleNamespace(
        drafter=UserFactory(city_editor=True, full_name="起草人"),
        department=UserFactory(department_editor=True, organisation=bureau, full_name="部门核的人"),
        colleague=UserFactory(department_editor=True, organisation=bureau, full_name="同部门的人"),
        other=UserFactory(department_editor=True, organisation=OrganisationFactory(name="示例民政局")),
        legal=UserFactory(legal_reviewer=True, full_name="法核的人"),
        township=UserFactory(township_editor=True),
        owner=UserFactory(is_superuser=True, is_staff=True),
    )


@pytest.fixture
def people(users: SimpleNamespace) -> SimpleNamespace:
    """The same people, logged in."""
    return SimpleNamespace(**{name: logged_in(user) for name, user in vars(users).items()})


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def registry(bureau: Any) -> Any:
    registry = RegistryFactory(kind="power", owner=bureau)
    rows = [
        {"name": name, "code": f"QL-{n}", "department": bureau} for n, name in enumerate(["养犬登记", "危房改造"], 1)
    ]
    EditionFactory(registry=registry, published=True, items=rows)
    return registry


@pytest.fixture
def draft(registry: Any, users: SimpleNamespace) -> Edition:
    draft = start_draft(registry, by=users.drafter)
    Edition.objects.filter(pk=draft.pk).update(effective_from=date(2022, 2, 1))
    draft.refresh_from_db()
    row = draft.items.get(code="QL-1")
    row.remark = "须携带免疫证明"
    row.save()
    draft.items.get(code="QL-2").delete()
    return draft


@pytest.fixture
def review(draft: Edition, users: SimpleNamespace) -> Review:
    return reviewing.submit(draft, by=users.drafter, at=NOON)


def step_of(review: Review) -> int:
    return review.current_workflow_state.current_task_state_id


def approved(review: Review, users: SimpleNamespace) -> Review:
    review = reviewing.approve(review, step=step_of(review), by=users.department, at=NOON)
    return reviewing.approve(review, step=step_of(review), by=users.legal, at=NOON)
