import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.recognition import ContactKind, find_personal_contacts
from cms.documents.recognition.contacts import is_identity_number


def found(text):
    return [(contact.kind, contact.text) for contact in find_personal_contacts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（联系人：示小例，电话：0000000）", [(ContactKind.NAME, "示小例"), (ContactKind.PHONE, "0000000")]),
        ("联系人:示小例 联系电话:0951-000-1234", [(ContactKind.NAME, "示小例"), (ContactKind.PHONE, "0951-000-1234")]),
        ("联 系 人：示 例、例小示", [(ContactKind.NAME, "示 例"), (ContactKind.NAME, "例小示")]),
        ("联系人及电话：示小例 0000000", [(ContactKind.NAME, "示小例"), (ContactKind.PHONE, "0000000")]),
        ("联系人：示小例同志", [(ContactKind.NAME, "示小例")]),
        ("请打(0951)0001234", [(ContactKind.PHONE, "(0951)0001234")]),
        ("电话：0001234、0001235", [(ContactKind.PHONE, "0001234"), (ContactKind.PHONE, "0001235")]),
        ("手机 13900000000", [(ContactKind.MOBILE, "13900000000")]),
        ("打139 0000 0000或＋86-139-0000-0001", [(ContactKind.MOBILE, "139 0000 0000"), (ContactKind.MOBILE, "＋86-139-0000-0001")]),
        ("手机１３９００００００００", [(ContactKind.MOBILE, "１３９００００００００")]),
        ("邮箱:shili@example.com。", [(ContactKind.EMAIL, "shili@example.com")]),
        ("邮箱：shili＠example.com", [(ContactKind.EMAIL, "shili＠example.com")]),
        ("身份证号：640181190001010000", [(ContactKind.IDENTITY_NUMBER, "640181190001010000")]),
        ("他是11010519491231002X。", [(ContactKind.IDENTITY_NUMBER, "11010519491231002X")]),
    ],
)  # fmt: skip
def test_personal_details_are_found(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "示政办发〔2021〕20号", "2021-03-31 10:20:30", "GB/T 34300-2017", "行政区划代码640181102001", "网格编码640181102001001",
        "统一社会信用代码11640181MB1234567X", "实施编码11640181010123456X2000512003001", "拨打12345热线或者110", "服务热线：12345", "咨询电话：",
        "联系人：示例局办公室", "联系人：综合科", "设联系人一名", "公布网格员姓名、联系电话", "示政办发[2021]1234567号", "投资13912345678.50元和1234567元",
        "电话机两部", "每月25日前报送", "联系人负责登记",
    ],
)  # fmt: skip
def test_numbers_of_documents_days_codes_and_public_lines_are_left_alone(text):
    assert found(text) == []


def test_a_find_names_its_place_and_the_cure():
    text = "请联系。联系人：示小例。"
    (contact,) = find_personal_contacts(text)
    assert text[contact.start : contact.end] == "示小例"
    assert contact.message == "正文写有个人姓名“示小例”。请改为岗位联系方式，例如“联系科室：××局××科”。"


def test_check_character_of_an_identity_number():
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("110105194913310021")


@given(st.text(alphabet=st.sampled_from("联系人电话:：13９0951-@.com（）、 张\n〔2021〕号Xx"), max_size=60))
def test_finds_are_in_order_and_never_overlap(text):
    contacts = find_personal_contacts(text)
    assert all(text[contact.start : contact.end] == contact.text for contact in contacts)
    assert all(one.end <= other.start for one, other in itertools.pairwise(contacts))
