"""A release takes out only drafts that were approved, and ends their reviews."""

from datetime import date

import pytest

from cms.releases.checking import fingerprint, obstacles
from cms.releases.models import Release
from cms.releases.permissions import drafts_for
from cms.releases.preparing import prepare
from cms.releases.releasing import carry_out
from cms.reviews import reviewing
from cms.reviews.models import Review
from registries.lists.models import Edition

from .conftest import NOON, approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(draft, users):
    facts = {"title": "关于调整权力清单的通知", "doc_no": "灵政办发〔2022〕5号", "effective_on": date(2022, 2, 1)}
    return prepare(Release(**facts), editions=[draft], pages=[], by=users.drafter)


def reasons(release, users):
    return [reason for each in obstacles(release, by=users.drafter, at=NOON) for reason in each.reasons]


def go(release, users):
    return carry_out(release, by=users.drafter, at=NOON, seen=fingerprint(release))


def test_a_draft_that_was_not_approved_stops_the_release(draft, release, users):
    assert reasons(release, users) == ["草稿要先送审，部门核和合法性审核都通过以后才能发布。"]
    reviewing.submit(draft, by=users.drafter, at=NOON)
    assert reasons(release, users) == ["这份草稿正在审核，审核通过以后才能发布。"]
    assert not go(release, users).is_released
    assert not Edition.objects.get(pk=draft.pk).is_published


def test_an_approved_draft_goes_out_with_the_number_of_the_release(draft, release, users):
    approved(reviewing.submit(draft, by=users.drafter, at=NOON), users)
    assert draft in drafts_for(users.drafter, release), "held still, and still to be put into a release"
    assert go(release, users).is_released
    draft.refresh_from_db()
    assert (draft.is_published, draft.basis_doc_no) == (True, "灵政办发〔2022〕5号")
    assert draft.reviews.get().state == Review.State.PUBLISHED
