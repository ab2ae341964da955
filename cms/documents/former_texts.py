"""What a policy said before it was edited in place: kept by itself, whichever way the edit was published.

A new version of a policy is a page of its own. An edit of the page itself is a correction (勘误): the text that it replaces
stays public, beside what was corrected, unless it had to go because of what it says.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete, pre_save
from django.utils import timezone
from wagtail.signals import page_unpublished

from .comparing import provisions_of


class Ending(models.TextChoices):
    """Why a text is not public any more."""

    CORRECTION = "correction", "勘误"
    WITHDRAWAL = "withdrawal", "撤下"


class FormerText(models.Model):
    """The `number`th text that the public read of a policy, from one moment to another; `body` as blocks in JSON."""

    policy = models.ForeignKey("documents.PolicyPage", on_delete=models.CASCADE, related_name="former_texts")
    number = models.PositiveIntegerField("序号")
    title = models.CharField("标题", max_length=255)
    body = models.JSONField("正文")
    public_from = models.DateTimeField("公布时间", null=True)
    public_until = models.DateTimeField("勘误或撤下的时间")
    ending = models.CharField("怎样结束", max_length=12, choices=Ending.choices, default=Ending.CORRECTION)
    note = models.TextField("勘误说明", blank=True)
    is_withheld = models.BooleanField("不再公开原文", default=False)

    class Meta:
        ordering = ["policy", "number"]
        verbose_name = verbose_name_plural = "勘误前的文本"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="documents_former_text_number")]

    def __str__(self) -> str:
        return f"《{self.title}》第{self.number}次公布的文本"

    @property
    def blocks(self) -> Any:
        """The body as a page keeps it."""
        field: Any = apps.get_model("documents", "PolicyPage")._meta.get_field("body")
        return field.stream_block.to_python(self.body)


def wording(page: Any) -> tuple[str, list[tuple[str, str]]]:
    """Title and articles, each with its number: what an edit changes, or not."""
    return page.title, [(each.label, each.text) for each in provisions_of(page.body)]


def public_text_before(page: Any) -> Any:
    """What the public reads of this policy now, as a page; None when it reads nothing, or the same."""
    old = apps.get_model("documents", "PolicyPage").objects.filter(pk=page.pk, live=True).first()
    return None if old is None or wording(old) == wording(page) else old


def gives_away_more(old: Any, new: Any) -> bool:
    """The old text has personal contact details that the new one has not: they were the reason to edit it."""
    from .desk.contacts import contacts_in

    def found(page: Any) -> set[str]:
        return {each.contact.text for each in contacts_in(page)}

    return bool(found(old) - found(new))


def connect() -> None:
    model = apps.get_model("documents", "PolicyPage")
    pre_save.connect(_keep_corrected, sender=model, dispatch_uid="former texts: corrected")
    page_unpublished.connect(_keep_withdrawn, sender=model, dispatch_uid="former texts: withdrawn")
    post_delete.connect(_go_with_the_page, sender=model, dispatch_uid="former texts: deleted")


def _keep_corrected(instance: Any, raw: bool, update_fields: Iterable[str] | None, **_: Any) -> None:
    """Drafts are saved with the names of their few columns; a save of all columns with `live` is a publication."""
    if raw or instance.pk is None or not instance.live:
        return
    if update_fields is not None and not {"body", "title"} & set(update_fields):
        return
    old = public_text_before(instance)
    if old is None:
        return
    is_noted = instance.correction_note != old.correction_note
    _keep(
        old,
        ending=Ending.CORRECTION,
        note=instance.correction_note if is_noted else "",
        is_withheld=(is_noted and instance.withholds_former_text) or gives_away_more(old, instance),
    )


def _keep_withdrawn(instance: Any, **_: Any) -> None:
    """What is taken off the site stays off it, also when the page comes back with another text."""
    _keep(instance, ending=Ending.WITHDRAWAL, note="", is_withheld=True)


def _go_with_the_page(instance: Any, **_: Any) -> None:
    """Wagtail takes a page off the site in the middle of deleting it, when the cascade no longer sees what that kept."""
    FormerText.objects.filter(policy=instance.pk).delete()


def _keep(page: Any, *, ending: str, note: str, is_withheld: bool) -> None:
    last = FormerText.objects.filter(policy=page.pk).order_by("-number").first()
    since = page.first_published_at if last is None else last.public_until
    if last is not None and last.ending == Ending.WITHDRAWAL:
        since = page.last_published_at
    FormerText.objects.create(
        policy_id=page.pk,
        number=last.number + 1 if last else 1,
        title=page.title,
        body=page.body.get_prep_value(),
        public_from=since,
        public_until=timezone.now(),
        ending=ending,
        note=note,
        is_withheld=is_withheld,
    )
