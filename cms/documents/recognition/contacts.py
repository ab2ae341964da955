"""Personal contact details in a text, for the editor to look at before publication.

A government document should give the contact of a post (a section and its office phone), not of a person. Nothing is
changed here: each find names its place and what to put instead.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .textual import fold


class ContactKind(StrEnum):
    NAME = "姓名"
    PHONE = "电话"
    MOBILE = "手机"
    EMAIL = "邮箱"
    IDENTITY_NUMBER = "身份证号"


@dataclass(frozen=True)
class PersonalContact:
    """``text == source[start:end]``; ``message`` is a Chinese sentence with the cure."""

    kind: ContactKind
    text: str
    start: int
    end: int

    @property
    def message(self) -> str:
        return _MESSAGES[self.kind].format(text=self.text)


_MESSAGES = {
    ContactKind.NAME: "正文写有个人姓名“{text}”。请改为岗位联系方式，例如“联系科室：××局××科”。",
    ContactKind.PHONE: "正文写有电话“{text}”。如果是个人使用的电话，请改为岗位联系方式（科室名称和公开的办公电话）。",
    ContactKind.MOBILE: "正文写有手机号码“{text}”。请删去，改为岗位联系方式（公开的办公电话，带区号）。",
    ContactKind.EMAIL: "正文写有邮箱“{text}”。如果是个人邮箱，请改为岗位联系方式（单位的公务邮箱）。",
    ContactKind.IDENTITY_NUMBER: "正文写有身份证号“{text}”。公开的文件中不得出现身份证号，请删去。",
}

_HONORIFIC = r"(?:同志|先生|女士|主任|科长|局长|老师)"
_PERSON = rf"[\u4e00-\u9fff](?:[ ]?[\u4e00-\u9fff]){{1,3}}?{_HONORIFIC}?(?![\u4e00-\u9fff])"
_NAME = re.compile(
    r"(?:联\s{0,4}系\s{0,4}人|经\s{0,4}办\s{0,4}人|承\s{0,4}办\s{0,4}人|咨\s{0,4}询\s{0,4}人|联\s{0,4}络\s{0,4}[人员])(?:及(?:联系)?(?:电话|方式)|姓名)?(?:\s{0,4}[:为是]\s{0,4}|\s{1,4})"
    rf"(?P<names>{_PERSON}(?:\s{{0,4}}[、/,]\s{{0,4}}{_PERSON})*)"
)
_ONE_NAME = re.compile(rf"(?P<name>[\u4e00-\u9fff](?:[ ]?[\u4e00-\u9fff]){{1,3}}?){_HONORIFIC}?(?![\u4e00-\u9fff])")
_NO_NAME = re.compile(
    r"[局科室办股处队部站]$|中心|窗口|热线|值班|电话|邮箱|手机|方式|同志们|名单|信息|姓名|专员|人员|负责|政府"
)
_MOBILE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\.?\d|[A-Za-z])")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,12}(?![A-Za-z])"
)
_AREA_PHONE = re.compile(
    r"(?<![\dA-Za-z.-])(?:\(0[1-9]\d{1,2}\)[ -]?|0[1-9]\d{1,2}[-—–])\d{3,4}[- ]?\d{4}(?![\dA-Za-z])"
)
_LABELLED_PHONE = re.compile(
    r"(?:电\s{0,4}话|座\s{0,4}机|传\s{0,4}真|热\s{0,4}线|号\s{0,4}码|Tel|TEL|tel)(?:号码)?\s{0,4}[:为是]?\s{0,4}(?:[\u4e00-\u9fff]{2,4}\s{0,4})?"
    r"(?P<phones>(?:\(?0\d{2,3}\)?[- —–]?)?\d{3,4}[- ]?\d{4}(?:\s{0,4}[、/,;]\s{0,4}(?:\(?0\d{2,3}\)?[- —–]?)?\d{3,4}[- ]?\d{4})*)(?![\dA-Za-z])"
)
_NAME_PHONE = re.compile(r"(?:联系人|经办人)[^。\d]{0,12}?(?P<phones>\d{7,8})(?![\dA-Za-z年])")
_ONE_PHONE = re.compile(r"(?:\(?0\d{2,3}\)?[- —–]?)?\d{3,4}[- ]?\d{4}")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXx]|\d{15})(?![\dA-Za-z])")
_IDENTITY_LABEL = re.compile(
    r"(?:身\s{0,4}份\s{0,4}证(?:件)?(?:号码?|编号)?|公民身份号码|证件号码?)\s{0,4}[:为是]?\s{0,4}$"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find_personal_contacts(text: str) -> list[PersonalContact]:
    """Names after 联系人, phones, mobiles, mailboxes and identity numbers, in the order of the text, none overlapping.

    Full-width digits and blanks are seen through. 文号, dates, area codes and matter codes are not taken for numbers
    of persons; short public lines (12345, 110) neither.
    """
    folded = fold(text)
    found: list[tuple[int, int, ContactKind]] = []
    taken = bytearray(len(text))

    def add(kind: ContactKind, start: int, end: int) -> None:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, kind))

    for match in _IDENTITY.finditer(folded):
        if is_identity_number(match.group()) or _IDENTITY_LABEL.search(
            folded[max(0, match.start() - 16) : match.start()]
        ):
            add(ContactKind.IDENTITY_NUMBER, *match.span())
    for match in _EMAIL.finditer(folded):
        add(ContactKind.EMAIL, *match.span())
    for match in _MOBILE.finditer(folded):
        add(ContactKind.MOBILE, *match.span())
    for match in _AREA_PHONE.finditer(folded):
        add(ContactKind.PHONE, *match.span())
    for pattern in (_LABELLED_PHONE, _NAME_PHONE):
        for match in pattern.finditer(folded):
            for phone in _ONE_PHONE.finditer(folded, *match.span("phones")):
                add(ContactKind.PHONE, *phone.span())
    for match in _NAME.finditer(folded):
        for name in _ONE_NAME.finditer(folded, *match.span("names")):
            if not _NO_NAME.search(name["name"].replace(" ", "")):
                add(ContactKind.NAME, *name.span("name"))
    return [PersonalContact(kind, text[start:end], start, end) for start, end, kind in sorted(found)]


def is_identity_number(number: str) -> bool:
    """True for 18 characters with a real birthday and the right check character (GB 11643)."""
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return born.year >= 1880 and "10X98765432"[total % 11] == number[17].upper()
