"""The meaning of a cell: one reader per way of writing. ``READERS`` names them for ``columns``."""

import datetime
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from registries.lists.enums import EVERY_TOWNSHIP
from registries.lists.limits import WORKING_DAY, InvalidLimit, parse_limit, unit_of_heading

from . import lists_in_cells
from .columns import Field
from .grid import Cell, date_of_serial
from .materials import parse_material, parse_waiver
from .normalise import clean_text, lookup_key, norm
from .unclear import Unclear
from .words import FALSE, NOTHING, SUBJECTS, TRUE, Vocabulary

LONGEST_SIGN = 60  # longer texts are no signs and no names of departments


@dataclass(frozen=True)
class Context:
    """What a reader may need beside the text: the column's heading, the cell itself and the known departments."""

    field: Field
    heading: str
    cell: Cell | None
    departments: "Departments"
    counts_from_1904: bool = False


class Departments:
    """Canonical names by any of their names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.canonical = {lookup_key(name): name for name in names.values()}
        self.canonical |= {lookup_key(alias): name for alias, name in names.items()}
        # What stands before a name in another name of the same department (灵武市公安局) may stand before all of them.
        self.prefixes = {
            alias.removesuffix(key)
            for alias, name in self.canonical.items()
            if alias.endswith(key := lookup_key(name)) and alias != key
        }

    def find(self, text: str) -> str | None:
        key = lookup_key(text)
        if found := self.canonical.get(key):
            return found
        bare = (self.canonical.get(key.removeprefix(prefix)) for prefix in self.prefixes if key.startswith(prefix))
        return next((name for name in bare if name), None)

    def get(self, text: str) -> str:
        """The canonical name; raises ``Unclear`` with the likeliest name as advice."""
        text = text.strip().rstrip("。；;，,、")
        found = self.find(text) or self.find(re.sub(r"[（(](牵头|主办|负责)[^（）()]*[）)]$", "", text))
        if found:
            return found
        if department_names(text, self):
            raise Unclear("unknown_department", clean_text(text), "这里只能填一个部门，请只留牵头的部门。")
        key = lookup_key(text)
        likely = difflib.get_close_matches(key, self.canonical, n=1, cutoff=0.6) if len(key) < LONGEST_SIGN else []
        cure = f"是不是“{self.canonical[likely[0]]}”？" if likely else ""
        raise Unclear(
            "unknown_department", clean_text(text), f"{cure}请改用名录里的部门名称，或先在名录里增加这个部门。"
        )


def is_nothing(text: str) -> bool:
    return lookup_key(text) in NOTHING


def read_text(raw: str, context: Context) -> str | None:
    return None if is_nothing(raw) else lists_in_cells.paragraphs(raw)


def read_code(raw: str, context: Context) -> str | None:
    return None if is_nothing(raw) else clean_text(raw).replace(" ", "")


def read_seq(raw: str, context: Context) -> int | None:
    digits = norm(raw).rstrip(".、")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else None


def read_count(raw: str, context: Context) -> int:
    """Copies of a paper; blank and 无 are none."""
    text = re.sub(r"(原件|复印件|[份个张本])", "", norm(raw))
    if is_nothing(text):
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 4:
        return int(text)
    if text in "一二三四五六七八九":
        return "零一二三四五六七八九".index(text)
    if text == "两":
        return 2
    if lookup_key(text) in TRUE:
        return 1
    raise Unclear("invalid_count", clean_text(raw))


def read_choice(raw: str, context: Context) -> str | None:
    text = clean_text(raw)
    if is_nothing(text):
        return None
    vocabulary = context.field.words
    assert vocabulary is not None  # noqa: S101 - a column of choices always has its words
    bare = re.sub(r"^[一二三四五六七八九十\d]+[、.．]|[（(][^（）()]*[）)]$", "", text)
    for word in (text, bare, *(bare.removesuffix(end) for end in ("类", "事项", "类事项", "权"))):
        found = vocabulary.meaning(word)
        if found and len(found) == 1:
            return found[0]
    raise not_a_choice(text, context.field)


def read_choices(raw: str, context: Context) -> list[str]:
    text = clean_text(raw)
    vocabulary = context.field.words
    assert vocabulary is not None  # noqa: S101 - a column of choices always has its words
    whole = vocabulary.meaning(text)
    words = [text] if whole else _words_between_separators(raw)
    chosen: set[str] = set()
    for word in words:
        signed = _SIGNED.fullmatch(word)
        before, plain, after = signed.groups() if signed else (None, word, None)
        found = _choices_of(plain.strip(), vocabulary)
        if found is None:
            raise not_a_choice(word, context.field)
        if not {before, after} & _UNTICKED:
            chosen.update(found)
    return [choice for choice in vocabulary.choices if choice in chosen]


# Boxes printed before or after the choices of a cell: ☑马上办 ☐网上办. A circle may mean both and is no sign here.
_SIGNED = re.compile(r"([√✓✔☑■×✗✘✕☐□])?(.*?)([√✓✔☑■×✗✘✕☐□])?", re.DOTALL)
_UNTICKED = frozenset("×✗✘✕☐□")


def _choices_of(word: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The choices that a word means. A choice in brackets counts too (乡镇（街道办）), other brackets are notes."""
    for plain in (word, re.sub("^(各|全部|所有)|级$", "", word)):
        if found := vocabulary.meaning(plain) or vocabulary.meaning_of_all(plain):
            return found
        bracket = re.fullmatch(r"(.+?)[（(]([^（）()]*)[）)]", plain)
        if bracket and (found := vocabulary.meaning(bracket[1])):
            return found + (vocabulary.meaning_of_all(bracket[2].removeprefix("含")) or ())
    return None


def _words_between_separators(raw: str) -> list[str]:
    """Words between 、/ ， ； | blanks and line breaks, but not inside brackets."""
    text = " ".join(lists_in_cells.numbered_items(raw) or lists_in_cells.plain_lines(raw))
    words = re.findall(r"(?:[^、/，,；;|\s（）()＋+]|[（(][^（）()]*[）)])+", text)
    return [clean_text(word) for word in words if not is_nothing(word)]


def not_a_choice(text: str, field: Field) -> Unclear:
    choices = "、".join(field.words.choices) if field.words else ""
    return Unclear("invalid_type", text, f"请改为：{choices}。")


def read_tick(raw: str, context: Context) -> bool:
    """√ ✓ ○ 是 … and × — 否 or blank; a note in brackets may follow the sign."""
    word = lookup_key(raw[:LONGEST_SIGN])
    bare = re.sub(r"\(.*\)$", "", word)
    if word in TRUE or bare in TRUE:
        return True
    if word in FALSE or bare in FALSE:
        return False
    raise Unclear("invalid_type", clean_text(raw), "请填“√”，不适用的留空。")


def read_department(raw: str, context: Context) -> str | None:
    return None if is_nothing(raw) else context.departments.get(clean_text(raw))


def read_limit(raw: str, context: Context) -> dict[str, int | str] | None:
    """A limit in the unit it names, else in the unit of the column's heading."""
    try:
        limit = parse_limit(raw, unit_of_heading(context.heading, WORKING_DAY))
    except InvalidLimit as error:
        raise Unclear("invalid_limit", clean_text(raw)) from error
    return limit.as_dict() if limit else None


def split_limits(raw: str) -> dict[str, str]:
    """法定：无 / 承诺：15分钟 in one cell; a limit without a name is the promised one."""
    text = clean_text(raw)
    found = re.findall(r"(法定|承诺)[^:：\d无—]*[:：]?\s*(.*?)[\s；;，,、/。]*(?=(?:法定|承诺)|$)", text)
    if not found:
        return {"promised_limit": text}
    names = {"法定": "statutory_limit", "承诺": "promised_limit"}
    return {names[name]: value for name, value in found}


def read_fee(raw: str, context: Context) -> tuple[bool | None, str | None]:
    """Whether there is a fee, and the note in brackets, after a colon or on the next line: 收费（10元）."""
    text = clean_text("；".join(lists_in_cells.plain_lines(raw))).rstrip("。；; ")
    key = lookup_key(text)
    if not key:
        return None, None
    if key in FALSE or key in NOTHING:
        return False, None
    if key in TRUE or key == "收费":
        return True, None
    if found := _FEE.fullmatch(text):
        note = found[2] + ("）" if found[2].count("（") > found[2].count("）") else "")
        return found[1] in ("收费", "是"), note or None
    if re.match(r"不收|免|无|暂不收|0(\.0+)?元$", text):
        return False, None if len(text) <= SHORT_REFUSAL else text
    if re.search("[元￥¥]|收费|收取|缴纳", text):
        return True, text
    raise Unclear("invalid_type", text, "请填“不收费”，或“收费（标准）”。")


_FEE = re.compile(
    r"(不收费|免费|不收取任何费用|不收取费用|不收取|无收费|否|收费|是)(?:\s*[（(:：，,；;。]\s*|(?=\d))(.*?)\s*[）)]?",
    re.DOTALL,
)
SHORT_REFUSAL = 7  # 不收取任何费用


def read_basis(raw: str, context: Context) -> list[str]:
    """Legal bases: numbered, or each from its 《 at the start of a line or after a semicolon."""
    if is_nothing(raw):
        return []
    numbered = lists_in_cells.numbered_items(raw)
    if numbered is not None:
        return numbered
    text = "\n".join(lists_in_cells.plain_lines(raw))
    parts = re.split(r"(?:\n|[；;]\s*)(?=[“\"]?《)", text)
    return [part for part in (clean_text(part).strip("；; ") for part in parts) if part]


def read_list(raw: str, context: Context) -> list[str]:
    return [] if is_nothing(raw) else lists_in_cells.items(raw)


def read_places(raw: str, context: Context) -> list[str]:
    return [] if is_nothing(raw) else lists_in_cells.lines(raw)


def read_steps(raw: str, context: Context) -> list[str]:
    return [] if is_nothing(raw) else lists_in_cells.steps(raw)


def read_materials(raw: str, context: Context) -> list[dict[str, Any]]:
    if is_nothing(raw):
        return []
    items = lists_in_cells.numbered_items(raw)
    return [parse_material(item) for item in (items if items is not None else lists_in_cells.plain_lines(raw))]


def read_waiver(raw: str, context: Context) -> str | None:
    return parse_waiver(clean_text(raw))


def read_parties(raw: str, context: Context) -> list[dict[str, Any]]:
    """公安局（牵头）：1.… 2.… 教育局：… in one cell, each department with its duties."""
    parties: list[tuple[dict[str, Any], list[str]]] = []
    for line in _lines_of_parties(raw, context.departments):
        head, colon, rest = re.sub("：", ":", line, count=1).partition(":")
        bare = re.sub(r"^(\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⑳])\s*", "", head)
        names = parties_named(bare, context.departments) if colon and len(bare) <= 40 else None
        if names is None and colon and not rest and re.search("[局委办部院队会所]$", bare.strip()):
            names = [party(context.departments.get(bare))]
        if names:
            parties += [(named, [rest] if rest.strip() else []) for named in names]
        elif not parties:
            raise Unclear("unknown_department", clean_text(line), "请写成“部门名称：责任内容”。")
        else:
            parties[-1][1].append(line)
    return [named | {"duties": lists_in_cells.items("\n".join(duties))} for named, duties in parties]


_NAMED = re.compile(r"(?<=[；;。])\s*(?=([^；;。：:]{2,40})[：:])")


def _lines_of_parties(raw: str, departments: Departments) -> list[str]:
    """The lines of a cell; a line ends too where the next department is named: 公安局：…；民政局：…. 【公安局】 is 公安局：."""
    lines = []
    for line in lists_in_cells.plain_lines(raw):
        line = re.sub(r"^[【\[]([^【】\[\]]+)[】\]][：:]?", r"\1：", line)
        start = 0
        for found in _NAMED.finditer(line):
            if department_names(found[1], departments):
                lines.append(line[start : found.start()].rstrip("；;"))
                start = found.end()
        lines.append(line[start:])
    return lines


def read_helpers(raw: str, context: Context) -> list[Any]:
    """Duties of every township as texts; or, where the first line begins with the name of a party, parties."""
    head, colon, _ = next(iter(lists_in_cells.plain_lines(raw)), "").replace("：", ":", 1).partition(":")
    if colon and department_names(head, context.departments):
        return duties_of_townships(read_parties(raw, context))
    return read_list(raw, context)


def is_every_township(text: str) -> bool:
    return SUBJECTS.meaning(text) == SUBJECTS.choices


def duties_of_townships(parties: list[dict[str, Any]]) -> list[Any]:
    """The duties alone where nobody but the townships has any; else the parties."""
    if all(party["department"] == EVERY_TOWNSHIP for party in parties):
        return [duty for party in parties for duty in party["duties"]]
    return parties


#: 公安局（牵头）: of several that bear the main responsibility, the one that leads.
_LEADS = re.compile(r"\s*[（(](?:牵头|主办)[^（）()]*[）)]\s*$")


def party(name: str | None, *, is_lead: bool = False) -> dict[str, Any]:
    """A party without duties yet; only the one that leads says so."""
    return {"department": name, "duties": []} | ({"is_lead": True} if is_lead else {})


def parties_named(text: str, departments: Departments) -> list[dict[str, Any]] | None:
    """The parties that a cell names together (公安局（牵头）、教育局); None when one of them is unknown."""
    text = text.strip()
    if whole := departments.find(text):
        return [party(whole)]
    bare = _LEADS.sub("", text)
    if is_every_township(bare):
        return [party(EVERY_TOWNSHIP, is_lead=bare != text)]
    parts = [part for part in re.split(r"[、,，/\s]+", text) if part]
    found = [(departments.find(part) or departments.find(_LEADS.sub("", part)), _LEADS.search(part)) for part in parts]
    if not found or not all(name for name, _ in found):
        return None
    return [party(name, is_lead=mark is not None) for name, mark in found]


def department_names(text: str, departments: Departments) -> list[str] | None:
    """The departments that a cell names together; None when one of them is unknown."""
    named = parties_named(text, departments)
    return None if named is None else [each["department"] for each in named]


_CHINESE_YEAR = re.compile(
    r"([〇零○Oo0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[年./\\、。—–-]\s*(\d{1,2})\s*[月./\\、。—–-]\s*(\d{1,2})(?!\d)")


def date_in(text: str) -> str | None:
    """The first full date in a text as YYYY-MM-DD: 2021年3月31日, 2021.3.31, 二〇二一年三月三十一日."""
    plain = norm(text)
    if found := _DATE.search(plain):
        return _iso(*(int(part) for part in found.groups()))
    if found := _CHINESE_YEAR.search(plain):
        year = int(
            "".join(str("〇一二三四五六七八九".index(c)) if c in "一二三四五六七八九" else "0" for c in found[1])
        )
        return _iso(year, _up_to_99(found[2]), _up_to_99(found[3]))
    return None


def read_date(raw: str, context: Context) -> str | None:
    if is_nothing(raw):
        return None
    value = context.cell.value if context.cell else None
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = norm(raw)
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        day = _iso(*(int(part) for part in found.groups()))
    elif re.fullmatch(r"\d{5}(\.\d+)?", text):
        serial = date_of_serial(float(text), counts_from_1904=context.counts_from_1904)
        day = serial.isoformat() if serial else None
    else:
        day = date_in(raw)
    if day is None:
        raise Unclear("invalid_date", clean_text(raw))
    return day


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _up_to_99(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    digits = "一二三四五六七八九"
    return ((digits.find(tens) + 1 or 1) * 10 if ten else 0) + (digits.find(ones) + 1 if ones else 0)


READERS: dict[str, Callable[[str, Context], Any]] = {
    "text": read_text,
    "code": read_code,
    "seq": read_seq,
    "count": read_count,
    "choice": read_choice,
    "choices": read_choices,
    "department": read_department,
    "limit": read_limit,
    "fee": read_fee,
    "basis": read_basis,
    "list": read_list,
    "places": read_places,
    "steps": read_steps,
    "materials": read_materials,
    "waiver": read_waiver,
    "parties": read_parties,
    "helpers": read_helpers,
    "duties": read_list,
    "date": read_date,
}
LISTS = frozenset(("choices", "basis", "list", "places", "steps", "materials", "parties", "helpers", "duties"))
