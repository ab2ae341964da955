"""Saving what was recognised: the notice and every document it encloses, as drafts that nobody outside sees."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from pypinyin import Style, lazy_pinyin
from wagtail.log_actions import log
from wagtail.models import Page

from ..drafting import body_blocks, guess_genre, list_kind_of, page_facts
from ..enums import Genre
from ..models import DocumentIndexPage, Enclosure, NoticePage, OfficialDocumentPage, PolicyPage
from ..recognition import RecognisedDocument, RecognisedNotice
from .forms import NOTICE

LONGEST_TITLE = 255


class CannotSaveDraft(Exception):
    """Nothing was saved; the message is a Chinese sentence that says what to correct."""


@dataclass(frozen=True)
class SavedDrafts:
    """``first`` is the page to go on with: the notice, or the only policy."""

    first: OfficialDocumentPage
    pages: tuple[OfficialDocumentPage, ...]


@transaction.atomic
def save_drafts(notice: RecognisedNotice, facts: dict[str, Any], *, parent: DocumentIndexPage, by: Any) -> SavedDrafts:
    """Pages under ``parent``, none of them live. ``facts`` are the cleaned data of ``FactsForm``. Raises ``CannotSaveDraft``."""
    if facts["document_type"] != NOTICE:
        page = _policy(notice.notice, notice.notice.title, facts, facts["genre"])
        _add(page, parent, facts, by)
        return SavedDrafts(page, (page,))
    policies: dict[str, PolicyPage] = {}
    for enclosure in notice.enclosures:
        if enclosure.document is not None:
            document = enclosure.document
            policy = _policy(document, document.title, facts, guess_genre(document.title))
            _add(policy, parent, facts, by, place=enclosure.position)
            policies[enclosure.title] = policy
    page = NoticePage(
        title=notice.title,
        salutation=notice.salutation.rstrip(":： ")[:300],
        body=body_blocks(notice.notice),
        approval=_approval(notice.notice),
        **_common(notice.notice, facts) | {"genre": Genre.NOTICE},
    )
    page.enclosures = [
        Enclosure(
            title=enclosure.title[:200],
            policy=policies.get(enclosure.title),
            list_kind="" if enclosure.title in policies else list_kind_of(enclosure.title),
        )
        for enclosure in notice.enclosures
    ]
    _add(page, parent, facts, by)
    return SavedDrafts(page, (page, *policies.values()))


def _policy(document: RecognisedDocument, title: str, facts: dict[str, Any], genre: str) -> PolicyPage:
    return PolicyPage(
        title=title, body=body_blocks(document, with_salutation=True), **_common(document, facts) | {"genre": genre}
    )


def _common(document: RecognisedDocument, facts: dict[str, Any]) -> dict[str, Any]:
    """What the document says of itself, and over it what the editor has confirmed."""
    confirmed = {name: facts[name] for name in ("doc_no", "issuers", "written_on", "owner_department", "category")}
    longest = {
        field.name: field.max_length
        for field in OfficialDocumentPage._meta.concrete_fields
        if getattr(field, "max_length", None)
    }
    said = {
        name: value[: longest.get(name)] if isinstance(value, str) else value
        for name, value in page_facts(document).items()
    }
    return said | confirmed


def _approval(document: RecognisedDocument) -> str:
    match = re.search(r"经([^,，。;；《》]{2,80}(?:审定|审议通过|同意))", document.plain_text())
    return f"经{match[1]}" if match else ""


def _add(page: OfficialDocumentPage, parent: Page, facts: dict[str, Any], by: Any, *, place: int = 0) -> None:
    name = f"《{page.title[:30]}》" if page.title else "有一篇"
    if not page.title:
        raise CannotSaveDraft("有一篇没有标题。请在结构中把标题所在的行改为“标题”，再保存。")
    if len(page.title) > LONGEST_TITLE:
        raise CannotSaveDraft(f"{name}的标题超过 {LONGEST_TITLE} 个字。请检查是不是把正文当成了标题。")
    page.slug = _free_slug(parent, facts["doc_no"], page.title, place)
    page.live = False
    page.has_unpublished_changes = True
    page.owner = by
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        details = "；".join(f"{_label(page, field)}：{'、'.join(words)}" for field, words in error.message_dict.items())
        raise CannotSaveDraft(f"{name}不能保存。{details}") from error
    log(instance=page, action="wagtail.create", user=by, content_changed=True)
    page.save_revision(user=by, log_action=True)


def _label(page: Page, field: str) -> str:
    try:
        return str(page._meta.get_field(field).verbose_name)
    except FieldDoesNotExist:
        return field


def _free_slug(parent: Page, doc_no: str, title: str, place: int) -> str:
    """lzbf-2021-20 after the number, lzbf-2021-20-3 for the third enclosure; initials of the title where there is no number."""
    number = re.match(r"([\u4e00-\u9fa5]+)〔(\d{4})〕(\d+)号", doc_no)
    if number:
        slug = f"{_initials(number[1])}-{number[2]}-{number[3]}" + (f"-{place}" if place else "")
    else:
        slug = _initials(re.sub(r"[^\u4e00-\u9fa5A-Za-z0-9]", "", title))[:24] or "wenjian"
    taken = set(parent.get_children().values_list("slug", flat=True))
    count, free = 1, slug
    while free in taken:
        count += 1
        free = f"{slug}-{count}"
    return free


def _initials(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).lower())
