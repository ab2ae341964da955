"""A release of two lists and a policy, as the city editor has put it together."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cms.documents.models import DocumentIndexPage, PolicyPage
from cms.releases.models import Release
from cms.releases.preparing import prepare
from registries.lists.models import Edition
from tests.factories import EditionFactory, RegistryFactory, UserFactory

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = date(2026, 3, 2)
DOC_NO = "灵政办发〔2026〕5号"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _reviews_are_asked_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """That only approved drafts go out is tested with the reviews."""
    monkeypatch.setattr("cms.releases.checking.objections", lambda edition: [])


@pytest.fixture
def policy(section: DocumentIndexPage) -> PolicyPage:
    """A policy that nobody outside has seen yet."""
    page = PolicyPage(
        title="示例管理办法",
        slug="banfa",
        live=False,
        has_unpublished_changes=True,
        issuers="示例市人民政府办公室",
        written_on=DAY,
        genre="measures",
        body=[("article", {"number": "第一条", "text": "为了示例，制定本办法。", "items": []})],
    )
    section.add_child(instance=page)
    page.save_revision()
    return page


@pytest.fixture
def editor(db: Any) -> Any:
    return UserFactory(city_editor=True)


def a_draft(kind: str, **values: Any) -> Edition:
    """A draft that may be published, beside a published edition."""
    registry = RegistryFactory(kind=kind)
    EditionFactory(registry=registry, published=True, items=[{"name": "老事项", "code": "A-1"}])
    return EditionFactory(
        registry=registry,
        effective_from=None,
        basis_title="",
        basis_doc_no="",
        items=[{"name": "老事项", "code": "A-1"}, {"name": "新事项", **values}],
    )


@pytest.fixture
def drafts(db: Any) -> list[Edition]:
    return [a_draft("power"), a_draft("service")]


def a_release(editor: Any, editions: Any = (), pages: Any = (), **values: Any) -> Release:
    facts = {"title": "关于调整示例清单的通知", "doc_no": DOC_NO, "effective_on": DAY} | values
    return prepare(Release(**facts), editions=editions, pages=pages, by=editor)


@pytest.fixture
def release(editor: Any, drafts: list[Edition], policy: PolicyPage) -> Release:
    return a_release(editor, drafts, [policy.officialdocumentpage_ptr], release_at=NOON)
