"""Personal contact details in a page, shown to the editor when the page is opened and again before it is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..addresses import AddressedBlock, address_body
from ..models import NoticePage, OfficialDocumentPage, PolicyPage
from ..recognition import PersonalContact, find_personal_contacts

AROUND = 18


@dataclass(frozen=True)
class FoundContact:
    """``where`` names the place in the page; ``before`` and ``after`` are the words around the find."""

    contact: PersonalContact
    where: str
    before: str
    after: str


def contacts_in(page: Any) -> list[FoundContact]:
    """What an official document's salutation, summary and body give away; [] for any other page."""
    page = page.specific_deferred if not isinstance(page, OfficialDocumentPage) else page
    if not isinstance(page, NoticePage | PolicyPage):
        return []
    texts = [("内容概述", page.abstract), ("主送机关", getattr(page, "salutation", ""))]
    for place, block in enumerate(address_body(page.body), start=1):
        where = block.anchor or _name_of(block, place)
        texts += [(where, text) for text in _texts(block.value)]
    return [
        FoundContact(
            contact,
            where,
            text[max(0, contact.start - AROUND) : contact.start],
            text[contact.end : contact.end + AROUND],
        )
        for where, text in texts
        for contact in find_personal_contacts(text)
    ]


def _name_of(block: AddressedBlock, place: int) -> str:
    return f"正文第{place}块"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif hasattr(value, "values"):
        for part in value.values():
            yield from _texts(part)
    elif hasattr(value, "__iter__"):
        for part in value:
            yield from _texts(part)
