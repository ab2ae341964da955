"""复核日期 at the desk, and what the public sees after the date."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.audit.models import AuditEntry
from cms.core.models import Generation
from cms.documents.models import PolicyPage
from registries.lists.models import Registry
from tests.cms.guides.test_guides import LOW_INCOME
from tests.cms.registry_desk.test_queries import queries
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory

pytestmark = pytest.mark.django_db
REPORT = "/guanli/fuhe/"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def late(chongxing):
    """A list of the city that is overdue, and one of a township that is due soon."""
    Registry.objects.filter(pk=chongxing.registry.pk).update(review_due_on=today(20))
    owner = OrganisationFactory(name="民政局")
    return RegistryFactory(kind="service", title="服务清单", owner=owner, review_due_on=today(-1))


def text_of(client, address=REPORT):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_report_groups_by_organisation_and_filters(people, late, chongxing):
    text = text_of(people.city)
    assert "现在有1项已过期" in text
    assert "民政局" in text
    assert chongxing.organisation.name in text
    overdue = text_of(people.city, f"{REPORT}?zhuangtai=overdue")
    assert "服务清单" in overdue
    assert str(chongxing.registry) not in overdue
    assert "没有符合条件的" in text_of(people.city, f"{REPORT}?zhuangtai=overdue&zhonglei=document")
    assert "服务清单" not in text_of(people.city, f"{REPORT}?jigou={chongxing.organisation.name}")


def test_a_township_sees_and_reviews_its_own_list_and_no_other(people, late, chongxing):
    text = text_of(people.township)
    assert "服务清单" not in text
    assert reverse("review_dates:review", args=["registry", chongxing.registry.pk]) in text
    people.township.post(reverse("review_dates:review", args=["registry", late.pk]), {"next_on": str(today(365))})
    late.refresh_from_db()
    assert late.review_due_on == today(-1)
    people.township.post(
        reverse("review_dates:review", args=["registry", chongxing.registry.pk]), {"next_on": str(today(365))}
    )
    chongxing.registry.refresh_from_db()
    assert chongxing.registry.review_due_on == today(365)


def test_reviewers_read_and_printers_are_kept_out(people, late):
    assert "登记复核" in text_of(people.reviewer)
    assert reverse("review_dates:review", args=["registry", late.pk]) not in text_of(people.reviewer)
    people.reviewer.post(reverse("review_dates:review", args=["registry", late.pk]), {"next_on": str(today(365))})
    late.refresh_from_db()
    assert late.review_due_on == today(-1)
    assert people.printer.get(REPORT).status_code in (302, 403)


def test_reviewed_sets_the_next_date_is_logged_and_raises_the_generation(people, late):
    before = Generation.objects.values_list("number", flat=True).first() or 0
    response = people.city.post(
        reverse("review_dates:review", args=["registry", late.pk]),
        {"next_on": str(today(365)), "query": "zhuangtai=overdue"},
    )
    assert response["Location"] == f"{REPORT}?zhuangtai=overdue"
    late.refresh_from_db()
    assert late.review_due_on == today(365)
    entry = ModelLogEntry.objects.get(action="review_dates.review")
    assert entry.user == people.users.city
    assert entry.data == {
        "before": {"复核日期": today(-1).isoformat()},
        "after": {"复核日期": today(365).isoformat()},
    }
    logged = AuditEntry.objects.get(action="review_dates.review")
    assert (logged.before, logged.after) == (entry.data["before"], entry.data["after"])
    assert today(365).isoformat() in entry.message
    assert Generation.objects.values_list("number", flat=True).first() > before


@pytest.mark.parametrize(
    ("value", "cure"), [("", "请选择下一次的复核日期"), ("明天", "这不是日期"), ("2020-01-01", "今天以后")]
)
def test_a_wrong_date_is_refused_with_the_cure(people, late, value, cure):
    response = people.city.post(
        reverse("review_dates:review", args=["registry", late.pk]), {"next_on": value}, follow=True
    )
    assert cure in response.content.decode()
    late.refresh_from_db()
    assert late.review_due_on == today(-1)
    assert people.city.post(reverse("review_dates:review", args=["wuci", 1])).status_code == 404


def test_the_review_of_a_document_makes_no_revision_and_survives_the_next_publication(people, add):
    page = add(PolicyPage, "banfa", title="救助办法", review_due_on=today(-1))
    page.save_revision().publish()
    page.title = "救助办法（修改中）"
    page.save_revision()
    count = page.revisions.count()
    people.city.post(reverse("review_dates:review", args=["document", page.pk]), {"next_on": str(today(365))})
    page = PolicyPage.objects.get(pk=page.pk)
    assert (page.title, page.review_due_on) == ("救助办法", today(365))
    assert page.revisions.count() == count
    page.get_latest_revision().publish()
    assert PolicyPage.objects.get(pk=page.pk).review_due_on == today(365)
    assert PageLogEntry.objects.filter(page=page.pk, action="review_dates.review").count() == 1


def test_after_the_date_the_public_sees_it_and_nothing_else_changes(client, people, read, add):
    edition = EditionFactory(published=True, items=[LOW_INCOME])
    policy = add(PolicyPage, "banfa", title="救助办法", review_due_on=today())
    code = edition.items.get().code
    addresses = ["/qingdan/fuwu/", f"/qingdan/fuwu/{code}/", f"/banshi/{code}/", policy.url]

    def notices():
        return [read(address).count("待复核") for address in addresses]

    assert notices() == [0, 0, 0, 0]
    Registry.objects.update(review_due_on=today())
    assert notices() == [0, 0, 0, 0], "on the day itself there is still time"
    Registry.objects.update(review_due_on=today(-1))
    PolicyPage.objects.update(review_due_on=today(-1))
    assert notices() == [1, 1, 1, 1]
    assert "待复核" not in read(f"/qingdan/fuwu/@{today(-1)}/")
    assert "现行" in read("/qingdan/fuwu/")
    PolicyPage.objects.update(validity="repealed")
    assert "待复核" not in read(policy.url)


def test_the_report_costs_the_same_whatever_is_in_it(people, late, add):
    before = queries(people.city, REPORT)
    for n in range(5):
        add(PolicyPage, f"banfa{n}", owner_department="民政局", review_due_on=today(n))
        RegistryFactory(kind="power", area=OrganisationFactory(township=True).area, review_due_on=today(n))
    assert queries(people.city, REPORT) == before
