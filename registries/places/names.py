"""The fixed names of service places (implementation plan, task 1), telephone numbers, and the codes of areas and grids."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

CENTRE_SUFFIX = "民生服务中心"
POINT_SUFFIX = "为民办事代办点"

validate_area_code = RegexValidator(r"^\d{12}\Z", "区划代码应为12位数字，例如640181102000。")
validate_grid_code = RegexValidator(r"^\d{15}\Z", "网格编码应为15位数字：12位村（社区）代码加3位顺序号。")
validate_uscc = RegexValidator(
    r"^[0-9A-HJ-NPQRTUWXY]{18}\Z", "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）。"
)
PHONE = re.compile(
    r"(0\d{2,3}-(\d{7,8}|\d{3}-\d{4})(-\d{1,6})?"  # a landline with its area code, perhaps an extension
    r"|1[3-9]\d{9}"  # a mobile
    r"|[19]\d{4}|1[12]\d"  # hotlines such as 12345, 95598 and 110
    r"|400-?\d{3}-?\d{4})"
)


def validate_phone(value: str) -> None:
    """A landline with its area code (0951-1234567), a mobile, a hotline (12345, 110) or a 400 number."""
    if not PHONE.fullmatch(value):
        raise ValidationError(f"“{value}”不像电话号码。固定电话请带区号，例如0951-4012345；手机为11位数字。")


def normalise_phone(value: str) -> str:
    """A number as people type it (full-width digits, blanks, brackets round the area code) in the form we keep."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"^\((0\d{2,3})\)-?", r"\1-", text)
    return text


def phone_digits(value: str) -> str:
    """Only the digits: two numbers that ring the same telephone are equal however they are written."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", value))


def centre_name(area_name: str) -> str:
    return f"{area_name}{CENTRE_SUFFIX}"


def point_name(area_name: str) -> str:
    return f"{area_name}{POINT_SUFFIX}"


def validate_place_name(name: str, expected: str) -> None:
    """Refuse a name other than the fixed one (实施方案 任务1：名称规范)."""
    if name != expected:
        raise ValidationError({"name": f"名称应规范为“{expected}”，现在是“{name}”。请按规范名称填写。"})
