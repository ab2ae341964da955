"""What somebody types is kept for them alone, and two people at one row do not overwrite each other unseen."""

import json

import pytest
from django.urls import reverse

from cms.registry_desk import unfinished
from cms.registry_desk.models import UnfinishedForm
from registries.lists.drafting import lock
from registries.lists.models import PowerItem
from registries.lists.publication import publish_edition
from tests.cms.registry_desk.test_drafting import row_form
from tests.factories import EditionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    return EditionFactory(registry__kind="power", items=[{"name": "养犬登记"}, {"name": "临时救助"}])


@pytest.fixture
def row(draft):
    return draft.items.first()


def keep_url(draft, row=0, name="keep"):
    return reverse(f"rows_power:{name}", args=[draft.pk, row])


def edit_url(row):
    return reverse("rows_power:edit", args=[row.pk])


class TestKept:
    def test_what_was_typed_is_offered_when_the_form_is_opened_again(self, people, draft, row):
        answer = people.city.post(keep_url(draft, row.pk), row_form(row, remark="写了一半"))
        assert "已自动保留" in answer.json()["said"]
        row.refresh_from_db()
        assert row.remark == "", "nothing of it is in the draft"
        page = people.city.get(edit_url(row))
        assert "恢复未保存的内容（" in page.content.decode()
        assert page.context["form"]["remark"].value() == ""
        restored = people.city.get(edit_url(row) + "?huifu=1")
        assert restored.context["form"]["remark"].value() == "写了一半"
        assert "写了一半" in restored.content.decode()

    def test_nested_rows_and_several_choices_come_back(self, people, draft, row):
        typed = row_form(row, township_kinds=["township", "street"]) | {
            "duties-count": "1", "duties-0-deleted": "", "duties-0-order": "0", "duties-0-type": "row",
            "duties-0-id": "", "duties-0-value-stage": "受理责任", "duties-0-value-text": "写了一半的责任",
        }  # fmt: skip
        people.city.post(keep_url(draft, row.pk), typed)
        form = people.city.get(edit_url(row) + "?huifu=1").context["form"]
        assert form["township_kinds"].value() == ["township", "street"]
        assert form["duties"].value()[0].value["text"] == "写了一半的责任"

    def test_saving_clears_it(self, people, draft, row):
        people.city.post(keep_url(draft, row.pk), row_form(row, remark="写了一半"))
        people.city.post(edit_url(row), row_form(row, remark="写完了"))
        assert not UnfinishedForm.objects.exists()
        assert "恢复未保存的内容" not in people.city.get(edit_url(row)).content.decode()

    def test_a_new_row_is_kept_too_and_may_be_thrown_away(self, people, draft):
        new = PowerItem(seq_no=3, item_type="07", name="新的事项", exercise_level="5")
        people.city.post(keep_url(draft), row_form(new))
        add = reverse("rows_power:add", args=[draft.pk])
        assert "恢复未保存的内容" in people.city.get(add).content.decode()
        assert people.city.get(add + "?huifu=1").context["form"]["name"].value() == "新的事项"
        assert people.city.post(keep_url(draft, 0, "forget")).url == add
        assert not UnfinishedForm.objects.exists()
        people.city.post(keep_url(draft), row_form(new))
        people.city.post(add, row_form(new))
        assert not UnfinishedForm.objects.exists()

    def test_nobody_else_sees_it(self, people, draft, row):
        people.city.post(keep_url(draft, row.pk), row_form(row, remark="只有我看到"))
        other = UserFactory(city_editor=True, organisation=people.users.city.organisation)
        people.city.force_login(other)
        for address in (edit_url(row), edit_url(row) + "?huifu=1"):
            page = people.city.get(address).content.decode()
            assert "恢复未保存的内容" not in page
            assert "只有我看到" not in page

    def test_only_forms_one_may_fill_in_are_kept(self, people, draft, row, chongxing, linhe):
        foreign, old = linhe.draft.items.get(), chongxing.published.items.get()
        for address in (
            keep_url(linhe.draft, foreign.pk),
            keep_url(linhe.draft),
            keep_url(draft, row.pk),
            keep_url(chongxing.draft, foreign.pk),
            keep_url(chongxing.published, old.pk),
        ):
            assert people.township.post(address, {"name": "x"}).status_code == 404, address
        assert people.reviewer.post(keep_url(draft, row.pk), {"name": "x"}).status_code == 404
        assert people.city.get(keep_url(draft, row.pk)).status_code == 405
        assert not UnfinishedForm.objects.exists()

    def test_a_form_that_is_too_long_is_not_kept(self, people, draft, row, monkeypatch):
        monkeypatch.setattr(unfinished, "LARGEST", 100)
        answer = people.city.post(keep_url(draft, row.pk), row_form(row, remark="长" * 200))
        assert answer.status_code == 413
        assert "请及时按“保存”" in answer.json()["said"]

    def test_no_token_is_kept(self, people, draft, row):
        people.city.post(keep_url(draft, row.pk), row_form(row) | {"csrfmiddlewaretoken": "secret"})
        assert "secret" not in json.dumps(UnfinishedForm.objects.get().content)

    def test_publication_and_discarding_leave_nothing_behind(self, people, draft, row):
        people.city.post(keep_url(draft, row.pk), row_form(row))
        publish_edition(draft, by=people.users.city, at=draft.created_at)
        assert not UnfinishedForm.objects.exists()


class TestTwoPeople:
    def opened(self, client, row):
        return client.get(edit_url(row)).context["opened"]

    def test_the_second_is_told_and_loses_nothing(self, people, draft, row):
        opened = self.opened(people.city, row)
        people.city.post(edit_url(row), row_form(row, remark="第一个人写的", dakaishi=opened))
        response = people.city.post(edit_url(row), row_form(row, remark="第二个人写的", dakaishi=opened))
        page = response.content.decode()
        assert "修改过这一行，所以还没有保存" in page
        assert people.users.city.full_name in page
        row.refresh_from_db()
        assert row.remark == "第一个人写的"
        assert response.context["form"]["remark"].value() == "第二个人写的"
        [difference] = response.context["differences"]
        assert [(line.mark, line.text) for line in difference.lines] == [
            ("del", "第一个人写的"),
            ("ins", "第二个人写的"),
        ]
        # Having seen it, the second person saves knowingly.
        people.city.post(edit_url(row), row_form(row, remark="商量好的", dakaishi=response.context["opened"]))
        row.refresh_from_db()
        assert row.remark == "商量好的"

    def test_alone_one_saves_again_and_again(self, people, draft, row):
        for text in ("一", "二", "三"):
            people.city.post(edit_url(row), row_form(row, remark=text, dakaishi=self.opened(people.city, row)))
            row.refresh_from_db()
            assert row.remark == text

    def test_a_restored_form_remembers_what_it_was_opened_with(self, people, draft, row):
        typed = row_form(row, remark="写了一半", dakaishi=self.opened(people.city, row))
        people.city.post(keep_url(draft, row.pk), typed)
        people.city.post(edit_url(row), row_form(row, remark="别人写的"))
        UnfinishedForm.objects.create(
            person=people.users.city, edition=draft, row=row.pk, kept_at=draft.created_at,
            content=[[name, [str(value)]] for name, value in typed.items() if isinstance(value, str)],
        )  # fmt: skip
        restored = people.city.get(edit_url(row) + "?huifu=1")
        assert restored.context["opened"] == typed["dakaishi"]

    def test_a_draft_locked_meanwhile_keeps_what_was_typed(self, people, draft, row):
        lock(draft, by=people.users.city, at=draft.created_at)
        response = people.city.post(edit_url(row), row_form(row, remark="写了一半"), follow=True)
        assert "正在审核" in response.content.decode()
        row.refresh_from_db()
        assert row.remark == ""
        assert ["remark", ["写了一半"]] in UnfinishedForm.objects.get().content
