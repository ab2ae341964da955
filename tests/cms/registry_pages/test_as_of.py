"""A list, a row and their changes on any day: past, today, and announced."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from registries.lists.drafting import start_draft
from registries.lists.models import Edition
from registries.lists.withdrawing import withdraw_edition
from tests.cms.public_pages import queries_of, read
from tests.factories import EditionFactory, RegistryFactory
from tests.registries.lists.conftest import NOON, add_item, publish

pytestmark = pytest.mark.django_db

DAY = date(2021, 3, 31)
CHANGED = date(2022, 1, 1)


@pytest.fixture
def registry():
    """A1 stays and is changed in 2022; A2 is cancelled then, A3 comes."""
    registry = RegistryFactory(kind="power")
    EditionFactory(
        registry=registry,
        published=True,
        items=[{"name": "养犬登记", "code": "A1", "remark": "旧备注"}, {"name": "旧事项", "code": "A2"}],
    )
    adjust(registry, CHANGED, cancel_old)
    return registry


def adjust(registry, day, change, **facts):
    draft = start_draft(registry, by=None)
    change(draft)
    facts = {"basis_title": "关于调整权力清单的通知", "basis_doc_no": "灵政办发〔2022〕1号"} | facts
    Edition.objects.filter(pk=draft.pk).update(**facts)
    return publish(draft, day)


def cancel_old(draft):
    draft.items.filter(code="A1").update(remark="新备注")
    draft.items.filter(code="A2").delete()
    add_item(draft, "新事项", code="A3")


def withdraw(registry, day, reason="数字印错，重新核定。"):
    return withdraw_edition(registry, reason=reason, by=None, at=NOON, day=day)


@pytest.fixture
def future():
    return timezone.localdate() + timedelta(days=30)


class TestLists:
    def test_a_past_day_names_its_edition_and_until_when_it_held(self, client, registry):
        page = read(client, "/qingdan/quanli/@2021-06-01/")
        assert "不是现行内容" in page
        assert "第1版，2021年3月31日起执行，到2021年12月31日为止" in page
        assert "noindex" in page
        assert f'<link rel="canonical" href="{settings.SITE_ADDRESS}/qingdan/quanli/">' in page

    def test_a_past_day_of_todays_edition_is_not_called_outdated(self, client, registry):
        page = read(client, "/qingdan/quanli/@2022-02-01/")
        assert "按过去的日期查看" in page
        assert "那天的版本现在仍在执行" in page
        assert "不是现行内容" not in page

    def test_what_is_announced_is_said_today_and_shown_on_its_day(self, client, registry, future):
        adjust(registry, future, lambda draft: add_item(draft, "将来事项", code="A4"), change_note="增加1项。")
        today = read(client, "/qingdan/quanli/")
        assert f"将于{future.year}年{future.month}月{future.day}日起调整" in today
        assert "关于调整权力清单的通知（灵政办发〔2022〕1号）" in today
        assert "将来事项" not in today
        then = read(client, f"/qingdan/quanli/@{future}/")
        assert "尚未施行" in then
        assert "将来事项" in then
        assert "noindex" in then
        assert client.get(f"/qingdan/quanli/?day={future}")["Location"] == f"/qingdan/quanli/@{future}/"

    def test_a_day_for_which_nothing_is_announced_is_not_found_and_the_control_says_why(self, client, registry, future):
        assert client.get(f"/qingdan/quanli/@{future}/").status_code == 404
        assert "还没有公布新的调整" in read(client, f"/qingdan/quanli/?day={future}")

    def test_a_draft_is_on_no_day_to_be_seen(self, client, registry, future):
        draft = start_draft(registry, by=None)
        add_item(draft, "草稿事项", code="D1")
        Edition.objects.filter(pk=draft.pk).update(effective_from=future, change_note="草稿说明")
        assert client.get(f"/qingdan/quanli/@{future}/").status_code == 404
        assert client.get("/qingdan/quanli/duizhao/3/").status_code == 404
        assert client.get("/qingdan/quanli/D1/").status_code == 404
        assert "草稿" not in read(client, "/qingdan/quanli/")

    def test_the_timeline_keeps_what_was_corrected_on_its_first_day_and_what_was_withdrawn(self, client, registry):
        adjust(
            registry, CHANGED, lambda draft: draft.items.update(remark="改"), kind="correction", change_note="印错。"
        )
        adjust(registry, date(2023, 1, 1), lambda draft: draft.items.update(remark="误"))
        withdraw(registry, date(2023, 2, 1))
        page = read(client, "/qingdan/quanli/")
        assert "当天由第3版代替" in page
        assert "勘误" in page
        assert "<strong>已撤回：</strong>数字印错，重新核定。" in page
        assert "上一版已撤回" in page
        assert all(f"/qingdan/quanli/duizhao/{number}/" in page for number in (2, 3, 4, 5))

    def test_a_withdrawn_announcement_says_so_and_changes_nothing(self, client, registry, future):
        adjust(registry, future, lambda draft: add_item(draft, "将来事项", code="A4"))
        withdraw(registry, timezone.localdate())
        page = read(client, "/qingdan/quanli/")
        assert "起施行的第3版已经撤回" in page
        assert "将来事项" not in read(client, f"/qingdan/quanli/@{future}/")
        gone = read(client, "/qingdan/quanli/A4/")
        assert "已撤回" in gone
        assert "没有执行过" in gone

    def test_a_list_whose_first_edition_was_withdrawn_has_no_rows_and_says_why(self, client):
        registry = RegistryFactory(kind="power")
        EditionFactory(registry=registry, published=True, items=[{"name": "养犬登记", "code": "A1"}])
        withdraw(registry, timezone.localdate())
        page = read(client, "/qingdan/quanli/")
        assert "清单里现在没有事项" in page
        assert "数字印错，重新核定。" in page
        assert "养犬登记" in read(client, "/qingdan/quanli/@2021-04-01/")

    def test_the_digest_stands_on_the_page(self, client, registry):
        assert registry.editions.get(number=2).digest in read(client, "/qingdan/quanli/")


class TestRows:
    def test_a_row_tells_its_changes_field_by_field_with_their_documents(self, client, registry):
        page = read(client, "/qingdan/quanli/A1/")
        assert "<del>旧备注</del>" in page
        assert "<ins>新备注</ins>" in page
        assert "依据关于调整权力清单的通知（灵政办发〔2022〕1号）" in page

    def test_a_cancelled_row_shows_what_it_said_last_and_which_document_ended_it(self, client, registry):
        page = read(client, "/qingdan/quanli/A2/")
        assert "旧事项" in page
        assert "已取消" in page
        assert "依据关于调整权力清单的通知（灵政办发〔2022〕1号），2022年1月1日起不再执行" in page
        assert "noindex" in page

    def test_on_a_day_without_the_row_its_page_says_that(self, client, registry):
        assert "2021年6月1日的清单里没有这一项" in read(client, "/qingdan/quanli/@2021-06-01/A3/")
        assert "2022年6月1日的清单里没有这一项" in read(client, "/qingdan/quanli/@2022-06-01/A2/")

    def test_a_row_of_a_withdrawn_edition_says_why_it_is_gone(self, client, registry):
        withdraw(registry, date(2022, 3, 1))
        page = read(client, "/qingdan/quanli/A3/")
        assert "已撤回" in page
        assert "2022年3月1日起不再执行。数字印错，重新核定。" in page
        assert "已取消" not in read(client, "/qingdan/quanli/A2/"), "it is back"

    def test_a_coming_change_is_told_on_the_row(self, client, registry, future):
        adjust(registry, future, lambda draft: draft.items.filter(code="A1").update(remark="将来备注"))
        page = read(client, "/qingdan/quanli/A1/")
        assert f"将于{future.year}年{future.month}月{future.day}日起调整" in page
        assert "<ins>将来备注</ins>" in page
        assert client.get(f"/qingdan/quanli/A1/?day={future}")["Location"] == f"/qingdan/quanli/@{future}/A1/"
        assert "将来备注" in read(client, f"/qingdan/quanli/@{future}/A1/")

    def test_a_row_still_to_come_leads_to_its_first_day(self, client, registry, future):
        adjust(registry, future, lambda draft: add_item(draft, "将来事项", code="A4"))
        assert client.get("/qingdan/quanli/A4/")["Location"] == f"/qingdan/quanli/@{future}/A4/"

    def test_a_code_nobody_published_is_not_found(self, client, registry):
        assert client.get("/qingdan/quanli/ZZ/").status_code == 404

    def test_an_unreadable_day_is_explained(self, client, registry):
        assert "不是日期" in read(client, "/qingdan/quanli/A1/?day=x")


class TestComparisons:
    def test_two_days_beside_each_other(self, client, registry):
        page = read(client, "/qingdan/quanli/duizhao/2021-06-01/2022-06-01/")
        assert "新增1项，调整1项，取消1项" in page
        assert "<del>旧备注</del>" in page
        assert "<ins>新事项</ins>" in page
        assert "<del>旧事项</del>" in page
        assert "依据关于调整权力清单的通知（灵政办发〔2022〕1号）" in page
        assert "noindex" in page

    def test_each_row_names_the_editions_that_changed_it(self, client, registry):
        adjust(registry, date(2023, 1, 1), lambda draft: draft.items.filter(code="A3").update(remark="又改"),
               basis_doc_no="灵政办发〔2023〕9号")  # fmt: skip
        page = read(client, "/qingdan/quanli/duizhao/2021-06-01/2023-06-01/")
        kept, added = page.index("养犬登记"), page.index("<ins>新事项</ins>")
        assert "〔2023〕9号" not in page[kept:added]
        assert "〔2023〕9号" in page[added : page.index("<del>旧事项</del>")]

    def test_what_one_edition_changed(self, client, registry):
        assert "从第1版到第2版" in read(client, "/qingdan/quanli/duizhao/2/")
        assert "全部事项都是新增" in read(client, "/qingdan/quanli/duizhao/1/")

    def test_the_form_leads_there_in_either_order(self, client, registry):
        leads = client.get("/qingdan/quanli/duizhao/?from=2022-06-01&to=2021-06-01")["Location"]
        assert leads == "/qingdan/quanli/duizhao/2021-06-01/2022-06-01/"

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("from=x&to=2022-01-01", "“x”不是日期"),
            ("from=2022-01-01", "“”不是日期"),
            ("from=2021-06-01&to=2999-01-01", "还没有公布新的调整"),
            ("from=2001-01-01&to=2002-01-01", "还没有这张清单"),
        ],
    )
    def test_days_that_cannot_be_compared_are_explained(self, client, registry, query, said):
        assert said in read(client, f"/qingdan/quanli/duizhao/?{query}")

    @pytest.mark.parametrize(
        "address", ["2022-06-01/2021-06-01/", "2001-01-01/2002-01-01/", "2021-06-01/2999-01-01/", "9/", "0/"]
    )
    def test_addresses_of_nothing_are_not_found(self, client, registry, address):
        assert client.get(f"/qingdan/quanli/duizhao/{address}").status_code == 404

    def test_days_of_the_same_edition(self, client, registry):
        page = read(client, "/qingdan/quanli/duizhao/2022-02-01/2022-03-01/")
        assert "两边的清单相同，2项都没有变化" in page

    def test_the_table_on_paper(self, client, registry):
        response = client.get("/qingdan/quanli/duizhao/2021-06-01/2022-06-01/duizhao.pdf")
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
        assert client.get("/qingdan/quanli/duizhao/2/duizhao.pdf").status_code == 200
        assert client.get("/qingdan/quanli/duizhao/2022-02-01/2022-03-01/duizhao.pdf").status_code == 404


def test_queries_do_not_grow_with_the_editions_and_a_past_day_costs_what_today_costs(client, registry):
    addresses = [
        ("/qingdan/quanli/", "/qingdan/quanli/@2022-06-01/"),
        ("/qingdan/quanli/A1/", "/qingdan/quanli/@2022-06-01/A1/"),
        ("/qingdan/quanli/duizhao/2022-06-01/2022-06-02/",) * 2,
        ("/qingdan/quanli/duizhao/2021-06-01/2022-06-01/",) * 2,
    ]
    before = [queries_of(client, today) for today, _ in addresses]
    for n in range(20):
        adjust(registry, date(2023, 1, 1) + timedelta(days=n), lambda d, n=n: d.items.update(remark=f"第{n}次"))
    assert [queries_of(client, today) for today, _ in addresses] == before
    assert [queries_of(client, past) for _, past in addresses] == before
