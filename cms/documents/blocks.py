"""The parts of an official text. A body is a flat run of these; headings say what lies below them, as on paper."""

from wagtail import blocks


def _line(label: str, *, required: bool = False, help_text: str = "") -> blocks.CharBlock:
    return blocks.CharBlock(label=label, required=required, help_text=help_text)


class HeadingBlock(blocks.StructBlock):
    number = _line("序号", help_text="例如：一、 或 第一章 或（一）")
    text = _line("标题", required=True)


class PartBlock(HeadingBlock):
    """一、…"""

    class Meta:
        label = "部分（一、）"
        icon = "title"


class ChapterBlock(HeadingBlock):
    """第×章 …"""

    class Meta:
        label = "章"
        icon = "title"


class SectionBlock(HeadingBlock):
    """（一）… with the text that follows it."""

    body = blocks.TextBlock(label="正文", required=False)

    class Meta:
        label = "节（（一））"
        icon = "title"


class NumberedTextBlock(blocks.StructBlock):
    number = _line("序号", required=True)
    text = blocks.TextBlock(label="内容")


class ArticleBlock(blocks.StructBlock):
    """第×条: number, text, and items each with its own number."""

    number = _line("条号", required=True, help_text="例如：第二十一条")
    text = blocks.TextBlock(label="正文", help_text="每段一行。")
    items = blocks.ListBlock(NumberedTextBlock(), label="项", default=[])

    class Meta:
        label = "条"
        icon = "list-ol"


class ItemBlock(blocks.StructBlock):
    """A numbered item outside an article: 1.…"""

    number = _line("序号", required=True)
    heading = _line("标题")
    text = blocks.TextBlock(label="正文", required=False)

    class Meta:
        label = "项（1.）"
        icon = "list-ul"


class TaskBlock(blocks.StructBlock):
    """A task with its responsible units and its deadline."""

    number = _line("序号", required=True)
    heading = _line("任务", required=True)
    text = blocks.TextBlock(label="正文", required=False)
    units = blocks.ListBlock(blocks.CharBlock(label="单位"), label="责任单位", default=[])
    deadline = _line("完成时限", help_text="照原文写，例如：2021年4月底前")
    due_on = blocks.DateBlock(label="最后一天", required=False)

    class Meta:
        label = "任务"
        icon = "task"


class PhaseBlock(blocks.StructBlock):
    """实施步骤的一个阶段."""

    number = _line("序号", required=True)
    heading = _line("阶段", required=True)
    period = _line("时间")
    text = blocks.TextBlock(label="正文", required=False)

    class Meta:
        label = "阶段"
        icon = "date"


class StandardBlock(blocks.StructBlock):
    """A group of an assessment standard: name, points, and its points of assessment."""

    name = _line("考核内容", required=True)
    score = blocks.IntegerBlock(label="分值", required=False, min_value=0)
    points = blocks.ListBlock(NumberedTextBlock(), label="考核标准")

    class Meta:
        label = "考核标准"
        icon = "form"


class TableBlock(blocks.StructBlock):
    """A table, the first row its heading."""

    caption = _line("表题")
    rows = blocks.ListBlock(blocks.ListBlock(blocks.TextBlock(required=False, label="格")), label="行")

    class Meta:
        label = "表格"
        icon = "table"


class AttachmentBlock(blocks.StructBlock):
    """A line of the list of attachments, or the head of one that follows."""

    number = _line("序号")
    title = _line("附件名称", required=True)

    class Meta:
        label = "附件"
        icon = "doc-full"


class PolicyBody(blocks.StreamBlock):
    """What a policy's body may hold, in the order of the paper."""

    paragraph = blocks.TextBlock(label="段落", icon="pilcrow")
    part = PartBlock()
    chapter = ChapterBlock()
    section = SectionBlock()
    article = ArticleBlock()
    item = ItemBlock()
    task = TaskBlock()
    phase = PhaseBlock()
    standard = StandardBlock()
    table = TableBlock()
    attachment = AttachmentBlock()
