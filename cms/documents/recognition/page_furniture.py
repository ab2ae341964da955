"""What a government web page prints around a document: furniture to leave out, and the metadata rows above the title."""

import re
from itertools import zip_longest

from .dates import parse_date
from .nodes import Metadata
from .textual import fold, squeeze, tidy

# Each pattern must match a whole line without its blanks, so that a sentence that only mentions one is kept.
_FURNITURE = re.compile(
    r"本站已启用无障碍浏览系统.*"
    r"|保护视力色[:：].*|.{0,12}字体颜色[:：].*|[【\[]?字体[:：].{0,12}"
    r"|(?:附件|相关|文件|资料)下载[:：]?|扫一扫在?手机(?:上)?打开(?:当前页|本页|此页)面?.{0,4}|手机扫一扫.{0,12}"
    r"|分享(?:到|至)?[:：]?(?:微信|微博|QQ|空间|[、,，|])*|打印/?分享|[【\[]?(?:打印本?页?|关闭(?:窗口|本页)?|收藏|返回顶部|回到顶部|我要纠错)[】\]]?"
    r"|[【\[]打印.{0,12}[】\]]|(?:您)?(?:现在|当前)?的?位置[:：].{1,60}|(?:浏览|点击|阅读)(?:次数|量)?[:：]?\d*次?"
    r"|(?:上|下)一(?:篇|条)[:：].{0,80}|大中小|A[+-]A?[+-]?|无障碍浏览|长者模式"
)
_KEYS = {
    "文号": "document_number", "发文字号": "document_number", "文件字号": "document_number", "文件编号": "document_number",
    "索引号": "index_number", "信息索引号": "index_number",
    "生成日期": "written_on", "成文日期": "written_on", "发文日期": "written_on", "发文时间": "written_on",
    "发布日期": "published_on", "发布时间": "published_on", "公开日期": "published_on",
    "公开时限": "term", "公开方式": "disclosure", "公开形式": "disclosure",
    "责任部门": "responsible_department", "公开责任部门": "responsible_department",
    "发布机构": "issuer", "发文机关": "issuer", "发文单位": "issuer", "制发机关": "issuer", "发布单位": "issuer",
    "所属分类": "category", "主题分类": "category", "信息分类": "category",
    "有效性": "validity", "时效性": "validity", "效力状态": "validity", "文件有效性": "validity",
    "体裁分类": "", "主题词": "", "关键词": "", "统一编号": "", "公开范围": "", "信息来源": "", "来源": "", "浏览次数": "",
    "施行日期": "", "实施日期": "", "失效日期": "", "废止日期": "", "名称": "",
}  # fmt: skip
_ANY_KEY = "|".join(r"\s*".join(key) for key in sorted(_KEYS, key=len, reverse=True))
_KEY = re.compile(rf"(?:(?<=\s)|^)({_ANY_KEY})\s*(?::|(?=\s)|$)")
_DAYS = ("written_on", "published_on")
_WORDS = ("index_number", "disclosure", "term", "responsible_department", "issuer", "category", "validity")
DOCUMENT_NUMBER = re.compile(r"([\u4e00-\u9fa5]{2,14})\s*[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*第?\s*(\d{1,5})\s*号")


def is_furniture(text: str) -> bool:
    return bool(_FURNITURE.fullmatch(squeeze(text)))


def is_metadata(text: str) -> bool:
    """True for a row such as 文号 × 生成日期 ×; ask only above the title, for 责任部门:… is also a line below a task."""
    return bool(_KEY.match(fold(text).strip()))


def read_document_number(text: str) -> str:
    """灵政办发〔2021〕20号 in its canonical form, whatever brackets the source uses; "" when there is none."""
    match = DOCUMENT_NUMBER.search(fold(text))
    return f"{match[1]}〔{match[2]}〕{int(match[3])}号" if match else ""


def read_metadata(rows: list[str]) -> Metadata:
    """The metadata rows of a page. The first value of a key counts; what has no field of its own is in ``others``."""
    values: dict[str, str] = {}
    others: dict[str, str] = {}
    for row in rows:
        text = row.strip()
        keys = list(_KEY.finditer(fold(text)))
        for key, following in zip_longest(keys, keys[1:]):
            value = tidy(text[key.end() : following.start() if following else len(text)])
            name = squeeze(key[1])
            field = _KEYS[name]
            if value and field:
                values.setdefault(field, value)
            elif value:
                others.setdefault(name, value)
    days = {field: day for field in _DAYS if (day := parse_date(values.get(field, "").split(" ")[0]))}
    others |= {field: values[field] for field in _DAYS if field in values and field not in days}
    number = values.get("document_number", "")
    return Metadata(
        document_number=read_document_number(number) or number,
        written_on=days.get("written_on"),
        published_on=days.get("published_on"),
        others=others,
        **{field: value for field, value in values.items() if field in _WORDS},
    )
