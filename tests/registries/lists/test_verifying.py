"""Somebody with the database's password changed what was published: `verify_history` says where."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registries.lists.drafting import start_draft
from registries.lists.freeze import freeze_edition, freeze_items, unfreeze
from registries.lists.verifying import first_fault

from .conftest import add_item, draft_of, publish

TABLES = ["lists_poweritem", "lists_rowdigest"]


@pytest.fixture
def editions(registry):
    """Three editions; in the third A1 is another than in the first two."""
    draft = start_draft(registry, by=None)
    add_item(draft, "甲", code="A1", remark="原来的备注")
    add_item(draft, "乙", code="A2")
    first = publish(draft, date(2021, 1, 1))
    second = publish(draft_of(registry, "丙"), date(2022, 1, 1))
    third = start_draft(registry, by=None)
    third.items.filter(code="A1").update(remark="新的备注")
    return [first, second, publish(third, date(2023, 1, 1))]


@contextmanager
def unguarded():
    """A cursor for somebody who has taken the triggers off."""
    with connection.schema_editor(atomic=False) as editor:
        unfreeze(editor, TABLES)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        with connection.schema_editor(atomic=False) as editor:
            freeze_edition(editor)
            for table in TABLES:
                freeze_items(editor, table)


def tamper(statement, *values):
    with unguarded() as cursor:
        cursor.execute(statement, values)


def verdict(registry, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("verify_history", registry.pk)
    assert refusal.value.returncode == 1
    return capsys.readouterr().err


def test_what_was_published_is_found_unchanged(registry, editions, capsys):
    call_command("verify_history")
    assert "3版，与发布时一致" in capsys.readouterr().out
    assert first_fault(registry) is None


def test_an_unknown_list_is_refused(registry):
    with pytest.raises(CommandError, match="没有编号为0的清单"):
        call_command("verify_history", 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("registry")
class TestTampering:
    def test_a_changed_row_is_named_with_its_field(self, registry, editions, capsys):
        tamper("UPDATE lists_poweritem SET remark = 'x' WHERE code = 'A1' AND edition_id = %s", editions[1].pk)
        said = verdict(registry, capsys)
        assert "第2版与发布时不一致" in said
        assert "编码A1“甲”：“备注”（remark）被改过" in said

    def test_without_a_twin_the_row_is_named_alone(self, registry, editions, capsys):
        tamper("UPDATE lists_poweritem SET remark = 'x' WHERE code = 'A1' AND edition_id = %s", editions[2].pk)
        assert "编码A1“甲”：内容被改过" in verdict(registry, capsys)

    def test_a_moved_row(self, registry, editions, capsys):
        tamper("UPDATE lists_poweritem SET seq_no = 7 WHERE code = 'A2' AND edition_id = %s", editions[0].pk)
        assert "编码A2“乙”：序号被改过，原来是2" in verdict(registry, capsys)

    def test_a_row_taken_out(self, registry, editions, capsys):
        tamper("DELETE FROM lists_poweritem WHERE code = 'A2' AND edition_id = %s", editions[0].pk)
        assert "编码A2：这一项被删去了，名称是“乙”" in verdict(registry, capsys)

    def test_a_row_put_in(self, registry, editions, capsys):
        with unguarded():
            add_item(editions[0], "添的", code="X1")
        assert "编码X1：这一项是发布以后添进去的“添的”" in verdict(registry, capsys)

    def test_facts_of_an_edition(self, registry, editions, capsys):
        tamper("UPDATE lists_edition SET basis_title = '别的文件' WHERE id = %s", editions[1].pk)
        said = verdict(registry, capsys)
        assert "第2版与发布时不一致" in said
        assert "版本信息" in said

    def test_the_end_of_a_period(self, registry, editions, capsys):
        tamper("UPDATE lists_edition SET effective_until = '2021-12-01' WHERE id = %s", editions[0].pk)
        assert "第1版的失效日期（2021-12-01）不是它的生效日期（2022-01-01）" in verdict(registry, capsys)
        tamper("UPDATE lists_edition SET effective_until = '2022-01-01' WHERE id = %s", editions[0].pk)
        tamper("UPDATE lists_edition SET effective_until = '2029-01-01' WHERE id = %s", editions[2].pk)
        assert "没有下一版，却写着2029-01-01失效" in verdict(registry, capsys)

    def test_an_edition_worked_out_anew_breaks_the_chain_after_it(self, registry, editions, capsys):
        """Whoever makes rows, digests of rows and the digest of an edition fit each other cannot make the next one fit."""
        from registries.lists.canonical import digest_of_entries, row_entries

        first = editions[0]
        with unguarded() as cursor:
            cursor.execute("UPDATE lists_poweritem SET remark = 'x' WHERE edition_id = %s", [first.pk])
            entries = row_entries(first.items.all())
            for entry in entries:
                cursor.execute("UPDATE lists_rowdigest SET digest = %s WHERE edition_id = %s AND code = %s",
                               [entry.digest, first.pk, entry.code])  # fmt: skip
            first.refresh_from_db()
            digest = digest_of_entries(first, entries)
            cursor.execute("UPDATE lists_edition SET digest = %s WHERE id = %s", [digest, first.pk])
        said = verdict(registry, capsys)
        assert "第2版" in said
        assert "摘要链接不上第1版" in said

    def test_an_edition_taken_out(self, registry, editions, capsys):
        with unguarded() as cursor:
            for table in ("lists_poweritem", "lists_rowdigest"):
                cursor.execute(f"DELETE FROM {table} WHERE edition_id = %s", [editions[1].pk])  # noqa: S608
            cursor.execute("DELETE FROM lists_edition WHERE id = %s", [editions[1].pk])
        assert "第1版和它之间有版本不见了" in verdict(registry, capsys)

    def test_the_digest_of_a_row(self, registry, editions, capsys):
        tamper("UPDATE lists_rowdigest SET digest = 'x' WHERE code = 'A1' AND edition_id = %s", editions[0].pk)
        assert "行摘要被改过" in verdict(registry, capsys)


def test_digests_of_rows_are_frozen_with_their_edition(registry, editions):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        editions[0].row_digests.update(digest="x")
