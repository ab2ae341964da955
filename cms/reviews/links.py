"""Links for bureaus without an account: signed, so that none can be guessed; stored, so that each can be revoked."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from wagtail.log_actions import log

from registries.lists.models import Edition

from .models import OutsideComment, OutsideLink

SALT = "cms.reviews.outside"
DAYS = 14
MOST_DAYS = 60


class NoSuchLink(Exception):
    """The address was not made by this site."""


def make_link(edition: Edition, *, recipient: str, days: int, by: Any, at: datetime) -> OutsideLink:
    link = OutsideLink.objects.create(
        edition=edition, recipient=recipient, created_by=by, created_at=at, expires_at=at + timedelta(days=days)
    )
    _note("make_link", link, by, days=days)
    return link


def revoke_link(link: OutsideLink, *, by: Any, at: datetime) -> None:
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        _note("revoke_link", link, by)


def address_of(link: OutsideLink) -> str:
    """The whole address to send to the bureau."""
    token = signing.Signer(salt=SALT).sign(str(link.pk))
    return settings.SITE_ADDRESS + reverse("outside_review", args=[token])


def link_of(token: str) -> OutsideLink:
    """The link that a token stands for, open or not. Raises NoSuchLink."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise NoSuchLink from error
    link = OutsideLink.objects.select_related("edition__registry__area").filter(pk=int(key)).first()
    if link is None:
        raise NoSuchLink
    return link


def note_view(link: OutsideLink, *, address: str) -> None:
    """A draft was read without an account: when, by which link and from where."""
    _note("view_by_link", link, None, address=address)


def comment_by_link(
    link: OutsideLink, *, name: str, unit: str, text: str, at: datetime, address: str
) -> OutsideComment:
    comment = OutsideComment.objects.create(link=link, name=name, unit=unit, text=text, at=at)
    _note("comment_by_link", link, None, address=address, name=name, unit=unit)
    return comment


def _note(action: str, link: OutsideLink, by: Any, **data: Any) -> None:
    edition = link.edition
    facts = {"number": edition.number, "link": link.pk, "recipient": link.recipient}
    log(instance=edition.registry, action=f"reviews.{action}", user=by, data=facts | data)
