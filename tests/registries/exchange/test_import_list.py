"""manage.py import_list, as a clerk at the keyboard meets it."""

import io

import pytest
from django.core.management import CommandError, call_command

from registries.lists.models import Edition, Registry
from tests.factories import OrganisationFactory, the_city
from tests.registries.exchange.books import saved, sheet_of

pytestmark = pytest.mark.django_db
HEADING = ["序号", "事项名称", "职权类型", "业务指导部门", "设定依据"]
GOOD = [1, "甲事项", "行政许可", "民政局", "《甲法》第一条"]
FAULTY = [2, "乙事项", "行政许克", "民政局", "《乙法》第二条"]


@pytest.fixture
def workbook(tmp_path):
    the_city()
    OrganisationFactory(name="民政局")

    def write(*rows):
        path = tmp_path / "清单.xlsx"
        path.write_bytes(saved(sheet_of([HEADING, *rows])).getvalue())
        return str(path)

    return write


def import_list(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_list", path, "--kind", "power", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_good_list_goes_into_a_draft_and_again_changes_nothing(workbook):
    path = workbook(GOOD)
    assert "新增1，修改0，不变0" in import_list(path)[0]
    assert "新增0，修改0，不变1" in import_list(path)[0]
    assert [edition.is_published for edition in Edition.objects.all()] == [False]


def test_faults_are_told_and_nothing_is_left_behind(workbook):
    err = io.StringIO()
    with pytest.raises(CommandError, match=r"没有导入任何内容.*--skip-faulty"):
        call_command("import_list", workbook(GOOD, FAULTY), "--kind", "power", stdout=io.StringIO(), stderr=err)
    assert "工作表“清单”第3行C列" in err.getvalue()
    assert not Registry.objects.exists()


def test_the_sound_rows_alone(workbook):
    assert "新增1，修改0，不变0，删除0，未导入1" in import_list(workbook(GOOD, FAULTY), "--skip-faulty")[0]


def test_a_check_leaves_neither_a_list_nor_a_draft(workbook):
    assert "新增1" in import_list(workbook(GOOD), "--dry-run")[0]
    with pytest.raises(CommandError):
        import_list(workbook(GOOD, FAULTY), "--dry-run")
    assert not Registry.objects.exists()


def test_a_file_that_is_no_workbook_has_no_sound_rows_to_offer(workbook, tmp_path):
    path = tmp_path / "清单.xlsx"
    workbook(GOOD)
    path.write_text("序号,事项名称", encoding="utf-8")
    with pytest.raises(CommandError, match=r"没有导入任何内容。请改正上面的错误后重试。$"):
        import_list(str(path), "--skip-faulty")


def test_columns_left_out_are_named(workbook, tmp_path):
    workbook()
    path = tmp_path / "多一列.xlsx"
    path.write_bytes(saved(sheet_of([[*HEADING, "追责情形"], [*GOOD, "不作为的"]])).getvalue())
    assert "警告：工作表“清单”第1行：“追责情形”（F列）没有读入" in import_list(str(path))[1]


def test_a_missing_file_and_an_unknown_place_are_told(workbook):
    with pytest.raises(CommandError, match="找不到文件"):
        import_list("没有.xlsx")
    with pytest.raises(CommandError, match="没有代码为1的地方"):
        import_list(workbook(GOOD), "--area", "1")
