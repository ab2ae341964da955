"""Notices and policies as the search finds them: a document for the page, and one for every article, task and section
with its own address. Only pages that everybody may read: live, and under no view restriction.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from search.documents import register, replace_documents
from search.models import DocumentKind, SearchDocument

from .findable_parts import findable_parts
from .models import Enclosure, NoticePage, OfficialDocumentPage, PolicyPage
from .relations import public_enclosures

_MODELS: tuple[type[Any], ...] = (NoticePage, PolicyPage)


def connect() -> None:
    """Pages carry their documents with them. A page's save covers publishing and unpublishing, too."""
    register("page", build_pages)
    for model in _MODELS:
        name = model.__name__
        post_save.connect(_page_saved, sender=model, dispatch_uid=f"finding {name} saved")
        post_delete.connect(_page_deleted, sender=model, dispatch_uid=f"finding {name} deleted")
    # A notice is saved before what it encloses.
    post_save.connect(_enclosure_changed, sender=Enclosure, dispatch_uid="finding enclosure saved")
    post_delete.connect(_enclosure_changed, sender=Enclosure, dispatch_uid="finding enclosure deleted")
    post_page_move.connect(_branch_changed, dispatch_uid="finding page moved")
    page_slug_changed.connect(_branch_changed, dispatch_uid="finding slug changed")
    post_save.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="finding restricted")
    post_delete.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="finding unrestricted")


def build_pages(day: date) -> Iterator[tuple[str, list[SearchDocument]]]:
    """All pages that everybody may read."""
    for model in _MODELS:
        for page in model.objects.live().public().order_by("pk"):
            documents = page_documents(page)
            if documents:
                yield source_of(page.pk), documents


def source_of(key: int) -> str:
    return f"page:{key}"


def write_pages(pages: "QuerySet[Any]") -> None:
    """Bring the documents of these pages in step with what everybody may read of them now, and those of the notices
    that print them: a notice is found by the names of its public enclosures only."""
    keys = pages.order_by().values("pk")
    for model in _MODELS:
        chosen = Q(pk__in=keys)
        if model is NoticePage:
            chosen |= Q(pk__in=Enclosure.objects.filter(policy__in=keys).values("notice"))
        for page in model.objects.filter(chosen):
            is_public = page.live and not page.get_view_restrictions().exists()
            replace_documents(source_of(page.pk), page_documents(page) if is_public else [])


def page_documents(page: OfficialDocumentPage) -> list[SearchDocument]:
    """The page and its parts; nothing for a page that stands under no site."""
    address = _address(page)
    if not address:
        return []
    parts, rest = findable_parts(page.body)
    numbers = _numbers(page)
    facts = {"文号": page.doc_no, "发文机关": page.issuers, "成文日期": page.written_on.isoformat()}
    whole = SearchDocument(
        key=f"notice:{page.pk}",
        kind=DocumentKind.NOTICE,
        title=page.title,
        codes=[code for code in (*numbers, page.index_no, page.unified_no) if code],
        bases="" if numbers else page.doc_no,
        details="\n".join(text for text in (page.abstract, page.keywords, *_enclosures(page)) if text),
        body="\n".join([*rest, page.issuers, page.owner_department]),
        facts={label: text for label, text in facts.items() if text},
        address=address,
    )
    return [
        whole,
        *(
            SearchDocument(
                key=f"article:{page.pk}:{place}",
                kind=DocumentKind.ARTICLE,
                title=part.title,
                aliases=part.aliases,
                details="\n".join(text for text in (part.heading, part.text) if text),
                bases=page.title,  # its own words come before the name of the document it stands in
                facts={"文件": page.title},
                address=f"{address}#{part.anchor}",
            )
            for place, part in enumerate(parts)
        ),
    ]


def _address(page: Page) -> str:
    parts = page.get_url_parts()
    return parts[2] or "" if parts else ""


def _numbers(page: OfficialDocumentPage) -> list[str]:
    """Its own document number. A policy printed with a notice bears the notice's: who asks for that means the notice."""
    notices = Enclosure.objects.filter(policy=page.pk, notice__doc_no=page.doc_no)
    return [] if isinstance(page, PolicyPage) and notices.exists() else [page.doc_no]


def _enclosures(page: OfficialDocumentPage) -> list[str]:
    if not isinstance(page, NoticePage):
        return []
    return [enclosure.title for enclosure in public_enclosures(page)]


def _page_saved(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        write_pages(Page.objects.filter(pk=instance.pk))


def _enclosure_changed(*, instance: Enclosure, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        write_pages(Page.objects.filter(pk__in=[instance.notice_id, instance.policy_id]))


def _page_deleted(*, instance: Any, **kwargs: Any) -> None:
    replace_documents(source_of(instance.pk), [])


def _branch_changed(*, instance: Any, **kwargs: Any) -> None:
    """A page got another place or address, and all below it."""
    write_pages(Page.objects.descendant_of(instance, inclusive=True))


def _restriction_changed(*, instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        write_pages(Page.objects.descendant_of(page, inclusive=True))
