"""Links for bureaus without an account: signed, expiring, revocable, logged, never cached."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.reviews import links
from cms.reviews.models import OutsideComment, OutsideLink

pytestmark = pytest.mark.django_db
SAID = {"name": "王科长", "unit": "示例民政局", "text": "无意见"}


@pytest.fixture
def link(draft, users):
    return links.make_link(draft, recipient="示例民政局", days=14, by=users.drafter, at=timezone.now())


@pytest.fixture
def path(link, settings):
    return links.address_of(link).removeprefix(settings.SITE_ADDRESS)


def test_a_drafter_makes_a_link_and_sees_its_address(people, draft, settings):
    response = people.drafter.post(
        reverse("reviews:make_link", args=[draft.pk]), {"recipient": "示例民政局", "days": "7"}, follow=True
    )
    link = OutsideLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(days=7)
    assert links.address_of(link) in response.content.decode()
    for days in ("0", "61", "x", ""):
        people.drafter.post(reverse("reviews:make_link", args=[draft.pk]), {"recipient": "某局", "days": days})
    assert OutsideLink.objects.count() == 1


def test_it_shows_the_comparison_to_nobody_in_particular_and_is_kept_nowhere(client, path, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    response = client.get(path)
    page = response.content.decode()
    for part in ("须携带免疫证明", "危房改造", "示例民政局", "还没有发布的草稿"):
        assert part in page
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "<script" not in page.split("<main")[1].split("</main>")[0]


def test_a_comment_is_signed_shown_at_the_desk_and_logged(client, people, path, draft):
    assert "意见已经收到" in client.post(path, SAID, follow=True).content.decode()
    comment = OutsideComment.objects.get()
    assert (comment.name, comment.unit, comment.text) == ("王科长", "示例民政局", "无意见")
    assert "王科长" in people.drafter.get(reverse("reviews:review", args=[draft.pk])).content.decode()
    history = people.drafter.get(reverse("registry:history", args=[draft.registry_id])).content.decode()
    assert "示例民政局王科长用给示例民政局的链接对第2版提了意见" in history


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, path):
    page = client.post(path, SAID | {"unit": ""}).content.decode()
    assert "请填写单位" in page
    assert "王科长" in page
    assert not OutsideComment.objects.exists()


def test_every_view_is_logged(client, path, link):
    client.get(path)
    client.get(path)
    entries = ModelLogEntry.objects.filter(action="reviews.view_by_link")
    assert [entry.data["address"] for entry in entries] == ["127.0.0.1"] * 2
    assert entries[0].data["link"] == link.pk
    assert entries[0].user is None


def test_revoked_expired_and_published_links_say_so(client, people, users, link, path, draft):
    people.drafter.post(reverse("reviews:revoke_link", args=[draft.pk]), {"link": link.pk})
    response = client.get(path)
    assert response.status_code == 410
    assert "已经撤销" in response.content.decode()
    assert client.post(path, SAID).status_code == 410
    OutsideLink.objects.update(revoked_at=None, expires_at=timezone.now())
    response = client.get(path)
    assert response.status_code == 410
    assert "已经到期" in response.content.decode()
    assert "须携带免疫证明" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert not OutsideComment.objects.exists()


@pytest.mark.parametrize("token", ["1", "1:abc", "x" * 300, "1:" + "é" * 20, "%00", "..%2f"])
def test_forged_links_get_a_friendly_page(client, link, token):
    response = client.get(f"/huiqian/{token}/")
    assert response.status_code == 404


def test_a_signature_for_something_else_opens_nothing(client, link):
    for signer in (signing.Signer(), signing.Signer(salt="other"), signing.Signer(key="guess", salt=links.SALT)):
        response = client.get(f"/huiqian/{signer.sign(str(link.pk))}/")
        assert response.status_code == 404
        assert "这个链接不对" in response.content.decode()
    OutsideLink.objects.all().delete()
    assert client.get(f"/huiqian/{signing.Signer(salt=links.SALT).sign('1')}/").status_code == 404, "signed, and gone"


def test_guessing_and_flooding_are_slowed_down(client, path):
    answers = [client.get(f"/huiqian/1:guess{n}/").status_code for n in range(25)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(path).status_code == 200, "whoever holds a true link is not shut out"
    answers = [client.post(path, SAID).status_code for _ in range(25)]
    assert answers[-1] == 429
    assert OutsideComment.objects.count() == 20
