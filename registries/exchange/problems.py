"""What can be wrong with a workbook, and the sentences that tell an editor where and how to put it right."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingError:
    """One fault and its place. ``row`` counts from 1, ``column`` is a letter; None where a fault has no such place.

    ``kind`` is a key of ``KINDS``; ``detail`` is what stood there; ``message`` is the sentence for the editor.
    With ``is_fatal`` nothing of the file may be taken; with ``is_warning`` everything may.
    """

    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    kind: str
    detail: str
    message: str
    is_fatal: bool = False
    is_warning: bool = False


@dataclass(frozen=True)
class Kind:
    """``sentence`` may use {detail} and {label}, the name of the column."""

    label: str
    sentence: str
    is_fatal: bool = False
    is_warning: bool = False


KINDS = {
    "unreadable_file": Kind(
        "无法作为工作簿打开",
        "文件无法打开：{detail}。请用 Excel 或 WPS 打开原文件，去掉密码，另存为 .xlsx 后重新上传。",
        is_fatal=True,
    ),
    "too_large": Kind(
        "文件过大",
        "文件内容超出允许的大小：{detail}。请删除空白行列和无关工作表，或把清单分成几个文件。",
        is_fatal=True,
    ),
    "too_many_sheets": Kind(
        "工作表过多",
        "文件里有{detail}。请删除无关的工作表，或把清单分成几个文件后分别导入。",
        is_fatal=True,
    ),
    "empty_workbook": Kind(
        "没有任何数据", "文件里没有任何事项。请确认选对了文件，并且事项不在隐藏的工作表里。", is_fatal=True
    ),
    "header_missing": Kind(
        "没有可识别的表头",
        "找不到{label}的表头。请在数据上方加一行列名，至少包括“事项名称”和另外一列（如“序号”“设定依据”）。",
    ),
    "mixed_table": Kind(
        "同一工作表有两张表",
        "这里开始了另一张表（{detail}）。请把两张表放到不同的工作表，列名保持一致后重新导入。",
    ),
    "oversized_dimension": Kind(
        "声明的范围远大于实际数据",
        "声明或占用的范围远大于实际数据（{detail}），数据已全部读入。可删除数据以外的空白行列后另存。",
        is_warning=True,
    ),
    "other_kind": Kind(
        "像是另一种清单",
        "标题是“{detail}”，却按{label}导入。请确认选对了清单种类和文件。",
        is_warning=True,
    ),
    "hidden_row": Kind("隐藏行", "这一行被隐藏或筛选掉了，仍已读入。如不需要，请删除该行后重新导入。", is_warning=True),
    "unread_column": Kind(
        "没有读入的列",
        "{detail}没有读入：这种清单没有这样的列。如需要其中的内容，请把列名改成本清单的列名。",
        is_warning=True,
    ),
    "filled_down": Kind(
        "空白按上一行填入",
        "“{label}”列有{detail}个空白单元格，已按上一行的内容填入。如不正确，请逐行填写后重新导入。",
        is_warning=True,
    ),
    "locked_field": Kind(
        "由统一清单规定",
        "“{detail}”的{label}由统一清单规定，本单位不能改，已保留统一清单的内容。有不同意见请告诉市级编辑。",
        is_warning=True,
    ),
    "not_taken": Kind(
        "未承接",
        "工作簿里没有统一清单的“{detail}”，导入后这一项记为未承接。如果本单位办理，请在工作簿里补上，或导入后到“承接情况”里承接。",
        is_warning=True,
    ),
    "missing_name": Kind("缺少事项名称", "“{label}”是空的。请填写事项名称；如是多余的行，请整行删除。"),
    "duplicate_code": Kind("同一编码出现两次", "“{label}”{detail}。请改为不重复的编码，或删除重复的行。"),
    "duplicate_name": Kind("同一清单内名称重复", "“{label}”{detail}。请合并为一项，或在名称里写明区别。"),
    "unknown_department": Kind("部门不在名录", "“{label}”写的“{detail}”不是部门名录里的一个部门。{cure}"),
    "invalid_type": Kind("不在允许值内", "“{label}”写的“{detail}”不在允许的范围内。{cure}"),
    "invalid_limit": Kind(
        "时限无法识别",
        "“{label}”写的“{detail}”不是时限。请写成“20个工作日”“60日”“15分钟”；没有规定的填“无”。",
    ),
    "promised_gt_statutory": Kind(
        "承诺时限大于法定时限", "承诺时限比法定时限长（{detail}）。请核对两个时限，承诺时限应不超过法定时限。"
    ),
    "invalid_date": Kind("日期无法识别", "“{label}”写的“{detail}”不是日期。请写成“2021年3月31日”或“2021-03-31”。"),
    "invalid_count": Kind("数量无法识别", "“{label}”写的“{detail}”不是份数。请填数字，不需要的填 0。"),
    "damaged_number": Kind(
        "长数字已失真",
        "“{label}”是按数值保存的长数字（{detail}），15位以后已被表格软件改成0。请把单元格设为“文本”格式后重新输入。",
    ),
    "formula_cell": Kind(
        "公式或可执行文本",
        "“{label}”是公式或以 = + - @ 开头的可执行文本（{detail}），未计算也未采用。请改成普通文字（选择性粘贴为“值”）。",
    ),
    "html_in_cell": Kind(
        "含网页代码", "“{label}”含网页代码（{detail}）。请删去尖括号里的代码，只留文字；样式在本系统里设置。"
    ),
}


def problem(
    kind: str,
    *,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    field: str | None = None,
    label: str = "",
    detail: str = "",
    cure: str = "",
    is_fatal: bool | None = None,
    is_warning: bool | None = None,
) -> ReadingError:
    """A fault with its sentence. ``label`` is the column's name for the sentence, ``cure`` the advice where it varies."""
    known = KINDS[kind]
    short = detail if len(detail) <= 60 else f"{detail[:60]}…"
    message = _place(sheet, row, column) + known.sentence.format(detail=short, label=label or "单元格", cure=cure)
    fatal = known.is_fatal if is_fatal is None else is_fatal
    warning = known.is_warning if is_warning is None else is_warning
    return ReadingError(sheet, row, column, field, kind, detail, message, fatal, warning)


def _place(sheet: str | None, row: int | None, column: str | None) -> str:
    place = f"工作表“{sheet}”" if sheet else ""
    place += f"第{row}行" if row else ""
    place += f"{column}列" if column else ""
    return f"{place}：" if place else ""
