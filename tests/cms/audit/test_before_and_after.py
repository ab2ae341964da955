"""Every act says what it changed, also where Wagtail's own log only says that somebody did something."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page, Site

from cms.audit.facts import UNSAID
from cms.audit.models import AuditEntry
from cms.audit.remembering import forget
from cms.audit.words import LONGEST, shortened
from cms.documents.models import DocumentIndexPage, Enclosure, NoticePage, PolicyPage
from cms.home.models import HomePage
from cms.registry_desk import roles
from registries.lists.drafting import start_draft
from tests.cms.documents.desk.test_publishing import form_data
from tests.factories import EditionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    home = Page.get_first_root_node().add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))


@pytest.fixture
def editor():
    return UserFactory(city_editor=True, username="shiji", full_name="示例编辑")


@pytest.fixture
def desk(editor):
    return logged_in(editor)


@pytest.fixture
def owner():
    return logged_in(UserFactory(is_superuser=True))


@pytest.fixture
def policy(index):
    page = PolicyPage(
        title="示例方案", slug="fangan", issuers="示例局", written_on=date(2021, 3, 31), genre="plan", live=False,
        body=[("paragraph", "原来的一段。"), ("paragraph", "不变的一段。")],
    )  # fmt: skip
    index.add_child(instance=page)
    page.save_revision()
    forget()
    return page


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def latest(action):
    return AuditEntry.objects.filter(action=action).first()


class TestPages:
    def edit(self, desk, page, text="新的一段。", **more):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return desk.post(address, form_data(page, text, **more))

    def test_a_draft_against_the_draft_before_it(self, desk, editor, policy):
        self.edit(desk, policy, doc_no="灵政办发〔2021〕20号")
        self.edit(desk, policy, "更新的一段。", doc_no="灵政办发〔2021〕20号")
        newer, first = AuditEntry.objects.filter(action="wagtail.edit")[:2]
        assert (first.by, first.about_name) == (editor, "示例方案")
        assert (first.before["发文字号"], first.after["发文字号"]) == ("", "灵政办发〔2021〕20号")
        assert "原来的一段" in first.before["正文"]
        assert newer.before == {"正文": "段落：新的一段。"}
        assert newer.after == {"正文": "段落：更新的一段。"}

    def test_publishing_says_what_the_public_reads_now_and_did_before(self, desk, editor, policy):
        policy.get_latest_revision().publish(user=editor)
        draft = policy.get_latest_revision_as_object()
        draft.keywords = "网格"
        draft.save_revision(user=editor, log_action=True).publish(user=editor)
        entry = latest("wagtail.publish")
        assert (entry.before["关键词"], entry.after["关键词"]) == ("", "网格")
        assert "正文" not in entry.after

    def test_the_rows_of_a_notice_are_part_of_it(self, index, editor, policy):
        page = NoticePage(
            title="示例通知", slug="tongzhi", issuers="示例局", written_on=date(2021, 3, 31), genre="notice", live=False
        )  # fmt: skip
        page.enclosures = [Enclosure(title="示例方案", policy=policy)]
        index.add_child(instance=page)
        page.save_revision(user=editor)
        draft = page.get_latest_revision_as_object()
        draft.enclosures = [Enclosure(title="权力清单", list_kind="power")]
        draft.save_revision(user=editor, log_action=True)
        entry = latest("wagtail.edit")
        assert "示例方案" in entry.before["印发件"]
        assert "权力清单" in entry.after["印发件"]

    def test_unpublishing_moving_and_deleting(self, index, editor, policy):
        policy.get_latest_revision().publish(user=editor)
        page = PolicyPage.objects.get(pk=policy.pk)
        page.unpublish(user=editor)
        entry = latest("wagtail.unpublish")
        assert len(set(entry.before.values()) | set(entry.after.values())) > 1, "what changed, and nothing else"
        assert "正文" not in entry.before
        other = index.get_parent().add_child(instance=DocumentIndexPage(title="旧文件", slug="jiu"))
        Page.objects.get(pk=policy.pk).move(other, pos="last-child", user=editor)
        assert (latest("wagtail.move").before, latest("wagtail.move").after) == (
            {"上级页面": "政策文件"}, {"上级页面": "旧文件"}
        )  # fmt: skip
        Page.objects.get(pk=policy.pk).delete(user=editor)
        gone = latest("wagtail.delete")
        assert "原来的一段" in gone.before["正文"]
        assert gone.after == {}

    def test_a_long_text_is_shortened_to_what_differs(self, desk, policy):
        long = "\n".join(f"第{n}句，说明网格员做什么。" for n in range(100))
        draft = policy.get_latest_revision_as_object()
        draft.body = [("paragraph", line) for line in long.splitlines()]
        draft.save_revision()
        draft = policy.get_latest_revision_as_object()
        draft.body = [*[("paragraph", line) for line in long.splitlines()[:-1]], ("paragraph", "末句。")]
        draft.save_revision(log_action=True)
        entry = latest("wagtail.edit")
        assert entry.before["正文"] == "（相同的99段略）\n段落：第99句，说明网格员做什么。"
        assert entry.after["正文"] == "（相同的99段略）\n段落：末句。"
        assert len(shortened("字" * 9000, "")[0]) < LONGEST + 30

    def test_numbers_of_persons_are_not_kept_for_ever(self, desk, policy):
        self.edit(desk, policy, "联系13900000000，shi@example.com，640181199001010000，办公0951-000-0000。")
        said = latest("wagtail.edit").after["正文"]
        assert not any(number in said for number in ("13900000000", "shi@example.com", "640181199001010000"))
        assert "0951-000-0000" in said


class TestRolesAndAccounts:
    def test_what_a_role_may_do_with_things_pages_and_collections(self, owner):
        group = Group.objects.get(name=roles.PRINTER)
        address = reverse("wagtailusers_groups:edit", args=[group.pk])
        page = owner.get(address)
        values = {"name": "打印员", "permissions": [permission("places.view_grid").pk]}
        for panel in page.context["permission_panels"]:
            values |= {
                f"{panel.prefix}-TOTAL_FORMS": "0", f"{panel.prefix}-INITIAL_FORMS": "0",
                f"{panel.prefix}-MIN_NUM_FORMS": "0", f"{panel.prefix}-MAX_NUM_FORMS": "1000",
            }  # fmt: skip
        pages = "page_permissions"
        values |= {
            f"{pages}-TOTAL_FORMS": "1", f"{pages}-0-page": str(Page.get_first_root_node().pk),
            f"{pages}-0-permissions": ["publish_page"],
        }  # fmt: skip
        response = owner.post(address, values)
        assert response.status_code == 302, [
            each.errors for each in (response.context["form"], *response.context["permission_panels"])
        ]
        entries = AuditEntry.objects.filter(action="wagtail.edit", about_type="auth.group")
        assert entries.count() == 1
        entry = entries.get()
        assert "网格：查看" in entry.after["对象权限"]
        assert "网格：查看" not in entry.before["对象权限"]
        assert entry.before["页面权限"] == ""
        assert entry.after["页面权限"].endswith("：发布")

    def test_the_mailbox_that_somebody_gives_their_own_account_is_noted_without_its_address(self, desk, editor):
        form = {
            name: value
            for panel in desk.get(reverse("wagtailadmin_account")).context["panels_by_tab"].values()
            for each in panel
            for name, value in initial(each.get_form())
        }
        response = desk.post(reverse("wagtailadmin_account"), form | {"name_email-email": "new@example.com"})
        assert response.status_code == 302
        entry = AuditEntry.objects.get(action="wagtail.edit", about_type="users.user")
        assert set(entry.after) == {"电子邮件地址"}
        assert set(entry.after.values()) == {UNSAID}


class TestOtherThings:
    def test_settings_and_collections(self, owner):
        collection = Collection.get_first_root_node().add_child(name="示例集合")
        address = reverse("wagtailadmin_collections:edit", args=[collection.pk])
        owner.post(address, {"name": "改名的集合", "parent": collection.get_parent().pk})
        entry = AuditEntry.objects.get(action="wagtail.edit", about_type="wagtailcore.collection")
        assert "示例集合" in entry.before.values()
        assert "改名的集合" in entry.after.values()

    def test_a_discarded_draft_says_what_was_lost(self, desk):
        edition = EditionFactory(published=True, items=[{"name": "甲", "code": "A1"}, {"name": "乙", "code": "A2"}])
        draft = start_draft(edition.registry, by=None)
        draft.items.filter(code="A1").update(remark="改")
        draft.items.filter(code="A2").delete()
        desk.post(reverse("registry_desk:discard", args=[draft.pk]))
        entry = latest("registry_desk.discard_draft")
        assert entry.before == {"修改": "甲（A1）：备注", "取消": "乙（A2）"}

    def test_what_nobody_logs_does_not_stick_to_a_later_act(self, editor, policy):
        policy.title = "脚本改的标题"
        policy.save()
        forget()  # as the end of every request does
        policy.keywords = "词"
        policy.save_revision(user=editor, log_action=True)
        assert "标题" not in latest("wagtail.edit").before or "脚本" not in latest("wagtail.edit").before["标题"]


def initial(form):
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False):
            yield form.add_prefix(name), value


def permission(label):
    from django.contrib.auth.models import Permission

    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
