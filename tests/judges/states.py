"""What years of use add to a site and a demonstration lacks: one more edition of every list, a row with every field
filled and a long name, a row with nothing but its name, a document of every block, boards with parts missing; or a
site on its first day.

`python -m tests.judges.states` adds to the database of NINELISTS_VAR; `… empty` makes the tree of pages in an empty one.
Everything here is made up.
"""

import os
import sys
from datetime import date, timedelta
from typing import Any

from .addresses import COMMUNITY, RECOMMENDED_FOR

LONG = "示例事项：在村庄、集镇规划区内未按规划审批程序批准或者违反规划的规定进行建设，严重影响村庄、集镇规划的处理" * 2
UNBROKEN = "https://www.example.gov.cn/" + "a-very-long-address-without-a-break-" * 4
TEXT = f"示例内容：由窗口人员当场核对，“符合条件的”予以受理；不符合的，书面说明理由（见《示例办法》第三条）。{UNBROKEN}"
WRITTEN_ON = date(2022, 1, 1)
#: So long after the newest edition, which is before more laws that its rows rest on were repealed.
LATER = timedelta(days=90)


def sample(block: Any) -> Any:
    """A value for any block, long where it may be."""
    from wagtail import blocks

    if isinstance(block, blocks.StructBlock):
        return {name: sample(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [sample(block.child_block), sample(block.child_block)]
    if isinstance(block, blocks.ChoiceBlock):
        return next(str(value) for value, _ in block.field.choices if value)
    if isinstance(block, blocks.URLBlock):
        return UNBROKEN
    if isinstance(block, blocks.DateBlock):
        return "2021-04-01"
    if isinstance(block, blocks.IntegerBlock):
        return 2
    if isinstance(block, blocks.BooleanBlock):
        return True
    if isinstance(block, blocks.TextBlock):
        return f"{TEXT}\n第二段示例。"
    return "示例文字" if isinstance(block, blocks.CharBlock) else None


def fill(item: Any) -> None:
    """Every field of a row that can be filled without another record."""
    from django.db import models

    from registries.fields import ChoiceListField, LinesField
    from registries.lists.rows import RowsField

    kept = {"id", "code", "seq_no", "name", "item_type", "has_assigned_code", "source_row", "source_sheet"}
    for field in item._meta.concrete_fields:
        if field.name in kept or field.is_relation:
            continue
        if isinstance(field, RowsField):
            kinds = field.stream_block.child_blocks
            value: Any = [{"type": name, "value": sample(block)} for name, block in kinds.items() for _ in range(2)]
        elif isinstance(field, ChoiceListField):
            value = [key for key, _ in field.options]
        elif isinstance(field, LinesField):
            value = ["示例第一条。", TEXT]
        elif field.choices:
            value = next(key for key, _ in field.choices if key)
        elif isinstance(field, models.BooleanField):
            value = True
        elif isinstance(field, models.DateField):
            value = date(2021, 4, 1)
        elif isinstance(field, models.IntegerField | models.DecimalField):
            value = 5
        elif isinstance(field, models.URLField):
            value = UNBROKEN
        elif "phone" in field.name:
            value = "0951-000-0001"
        elif isinstance(field, models.TextField):
            value = f"{TEXT}\n第二段示例。"
        elif isinstance(field, models.CharField):
            value = "示例文字" if field.max_length >= 4 else "1"
        else:
            continue
        setattr(item, field.name, value)


#: What a row must say to be published, where the first choice of everything contradicts itself.
PUBLISHABLE: dict[str, dict[str, Any]] = {
    "service": {"complaint_phone": "0951-000-0002", "visits": 1, "promised_unit": "minute"},
    "delegated": {"grant_status": "revoked"},
}


def party(name: str, role: str, *, is_lead: bool) -> dict[str, Any]:
    duties = [TEXT, TEXT]
    return {"type": "row", "value": {"organisation": name, "role": role, "is_lead": is_lead, "duties": duties}}


def chart() -> Any:
    """A picture taller than a page."""
    from io import BytesIO

    from django.core.files.images import ImageFile
    from PIL import Image

    from cms.core.models import CustomImage

    content = BytesIO()
    Image.new("RGBA", (900, 2600), "#00000000").save(content, "PNG")
    return CustomImage.objects.create(title="示例流程图", file=ImageFile(content, name="chart.png"))


def one_more_edition(by: Any) -> None:
    from django.utils import timezone

    from cms.reviews.models import Review
    from cms.reviews.reviewing import withdraw
    from registries.lists.drafting import discard_draft, start_draft
    from registries.lists.models import Edition, Registry
    from registries.lists.publication import publish_edition

    for registry in Registry.objects.filter(parent=None):
        for review in Review.objects.open().filter(edition__registry=registry):
            withdraw(review, by=by, at=timezone.now())
            discard_draft(review.edition)
        draft = start_draft(registry, by=by)
        full = draft.items.order_by("-seq_no").first()
        bare = type(full)(edition=draft, seq_no=full.seq_no + 1, code="BARE-1", name="示例只有名称的事项")
        if hasattr(full, "item_type"):
            bare.item_type = full.item_type
        full.code, full.name = "FULL-1", LONG
        fill(full)
        for name, value in PUBLISHABLE.get(registry.kind, {}).items():
            setattr(full, name, value)
        if hasattr(full, "flowchart"):
            full.flowchart = chart()
        draft.items.filter(code="FW01002").delete()
        if hasattr(full, "parties"):
            bare.parties = [party("示例局", "lead", is_lead=False)]
            full.parties = [
                party("示例局", "lead", is_lead=True),
                party("示例分局", "lead", is_lead=False),
                party("各乡镇（街道）", "assist", is_lead=False),
            ]
        bare.save()
        full.save()
        Edition.objects.filter(pk=draft.pk).update(
            effective_from=registry.editions.published().newest().effective_from + LATER,
            basis_title=f"《{LONG}》",
            basis_doc_no="灵示例发〔2022〕1号",
            change_note=TEXT,
        )
        draft.refresh_from_db()
        publish_edition(draft, by=by, at=timezone.now())


def boards_with_parts_missing() -> None:
    from registries.people.models import GridAssignment, GridWorker

    on_second, on_third = (f"{COMMUNITY}{number}" for number in ("002", "003"))
    ended = GridAssignment.objects.filter(grid__code=on_second).update(ends_on=date(2022, 1, 1))
    without_photo = GridWorker.objects.filter(assignments__grid__code=on_third).update(photo=None)
    if not (ended and without_photo):
        raise LookupError(f"the demonstration has no workers on {on_second} and {on_third}")


def documents(by: Any) -> None:
    from cms.documents.blocks import PolicyBody
    from cms.documents.enums import Genre
    from cms.documents.models import DocumentIndexPage, NoticePage, PolicyPage

    index = DocumentIndexPage.objects.get(slug="wenjian")
    body = [{"type": name, "value": sample(block)} for name, block in PolicyBody().child_blocks.items()]
    cells = [["序号", "考核内容", "考核标准", "分值", "得分", "备注"], *([["1", TEXT, "示例标准", "10", "", ""]] * 4)]
    body.append({"type": "table", "value": {"caption": "示例考核表", "rows": cells}})
    least = {"issuers": "示例机关", "written_on": WRITTEN_ON}
    every = PolicyPage(
        title=f"关于{LONG}的办法（试行）", slug="quanbu-tili", genre=Genre.MEASURES, body=body, abstract=TEXT, **least
    )
    bare = NoticePage(title="关于示例工作的通知", slug="danxing-tongzhi", genre=Genre.NOTICE, body=[], **least)
    old = PolicyPage(
        title="关于被代替的示例工作的办法",
        slug="bei-daiti",
        genre=Genre.MEASURES,
        body=body[::2],
        abstract=TEXT,
        **least,
    )
    for page in (old, every, bare):
        if page is every:
            page.supersedes = old
        index.add_child(instance=page)
        page.save_revision(user=by).publish(user=by)


def recommendation() -> None:
    from cms.documents.models import NoticePage
    from search.models import BestBet, SearchDocument

    address = NoticePage.objects.get(slug="danxing-tongzhi").url
    if not SearchDocument.objects.filter(address=address).exists():
        raise LookupError(f"{address} cannot be found, so that nothing is recommended")
    BestBet.objects.create(query=RECOMMENDED_FOR, address=address)


def add_states() -> None:
    from django.contrib.auth import get_user_model

    by = get_user_model().objects.get(username="shiji")
    one_more_edition(by)
    boards_with_parts_missing()
    documents(by)
    recommendation()


def first_day() -> None:
    from wagtail.models import Page, Site

    from cms.documents.models import DocumentIndexPage
    from cms.home.models import HomePage

    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="shouye"))
    home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "127.0.0.1", "root_page": home, "site_name": "示例"}
    )
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()


def main() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")
    django.setup()
    if sys.argv[1:] == ["empty"]:
        call_command("migrate", verbosity=0, interactive=False)
        first_day()
    else:
        add_states()


if __name__ == "__main__":
    main()
