"""Every act at the desk lands in the log, with what it said before and after, and stays there."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from cms.audit.facts import UNSAID, difference, facts_of
from cms.audit.listening import NO_ACCOUNT
from cms.audit.models import AuditEntry
from cms.audit.recording import label_of, record, record_changes
from tests.factories import (
    EditionFactory,
    GridAssignmentFactory,
    GridWorkerFactory,
    RegistryFactory,
    ServiceCentreFactory,
    UserFactory,
)
from tests.factories.users import PASSWORD

pytestmark = pytest.mark.django_db
DAY = date(2021, 4, 1)
NOON = datetime(2021, 4, 1, 4, tzinfo=UTC)


@pytest.fixture
def editor():
    return UserFactory(city_editor=True, username="shiji", full_name="示例编辑")


@pytest.fixture
def desk(editor):
    client = Client()
    client.force_login(editor)
    return client


def latest(action):
    return AuditEntry.objects.filter(action=action).first()


class TestAppendOnly:
    @pytest.fixture
    def entry(self, editor):
        return record("audit.download", by=editor, at=NOON, about_name="完整性报告")

    @pytest.mark.parametrize("act", ["update", "delete"])
    def test_the_database_refuses_every_change(self, entry, act):
        rows = AuditEntry.objects.filter(pk=entry.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(note="改") if act == "update" else rows.delete()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE audit_auditentry SET note = 'x'" if act == "update" else "DELETE FROM audit_auditentry"
            )
        entry.refresh_from_db()
        assert entry.note == ""

    def test_an_entry_outlives_the_account(self, entry, editor):
        editor.delete()
        entry.refresh_from_db()
        assert entry.by_name == "示例编辑（shiji）"


class TestWhatIsRecorded:
    def test_a_telephone_before_and_after(self, desk):
        centre = ServiceCentreFactory(phone="0951-000-1111")
        address = reverse("servicecentre:edit", args=[centre.pk])
        form = desk.get(address).context["form"]
        values = {name: form[name].value() for name in form.fields}
        desk.post(
            address, {name: value for name, value in values.items() if value is not None} | {"phone": "0951-000-2222"}
        )
        entry = latest("wagtail.edit")
        assert entry.about_name == str(centre)
        assert (entry.before["咨询电话"], entry.after["咨询电话"]) == ("0951-000-1111", "0951-000-2222")

    def test_a_row_in_the_words_of_its_fields(self):
        draft = EditionFactory(items=[{"name": "临时救助", "case_type": "2"}])
        row = draft.items.get()
        before = facts_of(row, DAY)
        row.case_type, row.promised_value = "1", 0
        change = difference(before, facts_of(row, DAY))
        assert change["before"] == {"办件类型": "承诺件", "承诺时限": "20个工作日"}
        assert change["after"]["办件类型"] == "即办件"

    def test_whatever_wagtail_logs(self, editor):
        registry = RegistryFactory()
        log(instance=registry, action="registry_desk.start_draft", user=editor, data={"number": 3})
        entry = AuditEntry.objects.first()
        assert (entry.by, entry.about_name, entry.note) == (editor, str(registry), "新建了第3版草稿")

    def test_roles_and_accounts(self, client):
        owner = UserFactory(is_superuser=True)
        client.force_login(owner)
        person = UserFactory(printer=True)
        township = UserFactory(township_editor=True).groups.get()
        client.post(
            reverse("wagtailusers_users:edit", args=[person.pk]),
            {
                "username": person.username, "full_name": "改了名字", "email": "", "is_active": "on",
                "organisation": person.organisation_id, "groups": [township.pk],
                "password1": "another-long-password-1", "password2": "another-long-password-1",
            },
        )  # fmt: skip
        entry = latest("wagtail.edit")
        assert entry.before["组"] == "打印员"
        assert entry.after["组"] == "乡镇编辑"
        assert entry.after["密码"] == UNSAID
        assert "pbkdf2" not in str(entry.after) + str(entry.before)
        assert "md5" not in str(entry.after) + str(entry.before)
        assert not Group.objects.filter(name=entry.after["密码"]).exists()

    def test_a_password_that_somebody_changes_for_themselves(self, desk, editor):
        desk.post(
            reverse("wagtailadmin_account"),
            {
                "name_email-full_name": "示例编辑",
                "password-old_password": PASSWORD,
                "password-new_password1": "another-long-password-1", "password-new_password2": "another-long-password-1",
                "locale-current_time_zone": "Asia/Shanghai", "theme-theme": "system", "theme-contrast": "system",
                "theme-density": "default", "theme-keyboard_shortcuts": "on",
            },
        )  # fmt: skip
        editor.refresh_from_db()
        assert editor.check_password("another-long-password-1")
        entry = latest("audit.password")
        assert (entry.by, entry.about_name, entry.before, entry.after) == (editor, str(editor), {}, {})

    def test_acts_on_pages(self, editor):
        page = Page.objects.get(depth=1).add_child(instance=Page(title="一篇通知", slug="tongzhi", live=False))
        page.save_revision(user=editor, log_action=True).publish(user=editor)
        published = latest("wagtail.publish")
        assert (published.by, published.about_name, published.about_id) == (editor, "一篇通知", str(page.pk))
        assert label_of("wagtail.publish") == "发布"

    def test_many_rows_in_few_queries(self, editor, django_assert_max_num_queries):
        draft = EditionFactory(items=0)
        rows = list(
            draft.items.model.objects.bulk_create(
                [draft.items.model(edition=draft, seq_no=n, name=f"事项{n}", item_type="20") for n in range(1000)]
            )
        )
        with django_assert_max_num_queries(40):
            record_changes(
                "registry_desk.bulk_edit", ((row, {"after": {"办理时间": "全天"}}) for row in rows), by=editor, at=NOON
            )
        assert AuditEntry.objects.filter(action="registry_desk.bulk_edit").count() == 1000


class TestPersonalData:
    def test_of_a_worker_on_duty_what_the_board_shows(self):
        worker = GridAssignmentFactory(starts_on=date(2021, 1, 1)).worker
        change = difference(None, facts_of(worker, DAY))["after"]
        assert change["联系电话"] == worker.phone
        assert change["工作证号"] == UNSAID

    def test_of_others_only_the_names_of_the_fields(self):
        worker = GridWorkerFactory()
        facts = facts_of(worker, DAY)
        change = difference(None, facts)["after"]
        assert worker.name not in facts.name
        assert set(filter(None, change.values())) == {UNSAID}
        assert worker.phone not in str(change)


class TestLogins:
    def attempt(self, client, name, password):
        return client.post(reverse("wagtailadmin_login"), {"username": name, "password": password})

    def test_login_logout_and_failure(self, client, editor):
        self.attempt(client, "shiji", "wrong")
        assert latest("audit.login_failed").about_name == str(editor)
        self.attempt(client, "shiji", PASSWORD)
        assert latest("audit.login").by == editor
        client.post(reverse("wagtailadmin_logout"))
        assert latest("audit.logout").by == editor

    def test_what_is_no_account_may_be_a_password_and_is_not_written_down(self, client):
        self.attempt(client, "my-secret-password", "x")
        entry = latest("audit.login_failed")
        assert entry.about_name == NO_ACCOUNT
        assert not AuditEntry.objects.filter(about_name__contains="my-secret").exists()

    def test_a_flood_of_attempts_does_not_fill_the_log(self, client, editor):
        for _ in range(20):
            self.attempt(client, "shiji", "wrong")
        failed = AuditEntry.objects.filter(action="audit.login_failed").count()
        assert failed <= 5
        assert AuditEntry.objects.filter(action="audit.login_locked").count() == 1


class TestThePage:
    address = "/guanli/caozuo-jilu/"

    def test_only_those_who_answer_for_the_whole_site_read_it(self, desk):
        assert desk.get(self.address).status_code == 200
        for role in ("township_editor", "legal_reviewer", "printer"):
            client = Client()
            client.force_login(UserFactory(**{role: True}))
            assert client.get(self.address).status_code == 302, role
            assert client.get(f"{self.address}?csv=1").status_code == 302, role

    def test_filters_by_person_day_act_and_object(self, desk, editor):
        registry = RegistryFactory(title="灵武市赋权清单")
        log(instance=registry, action="registry_desk.start_draft", user=editor, data={"number": 1})
        today = timezone.localdate()
        for query, found in (
            (f"ren={editor.pk}", True),
            (f"cong={today}&dao={today}", True),
            ("dao=2020-01-01", False),
            ("caozuo=registry_desk.start_draft", True),
            ("caozuo=audit.login", False),
            ("duixiang=赋权", True),
            ("duixiang=没有的", False),
            ("cong=明天", True),
        ):
            page = desk.get(f"{self.address}?{query}").content.decode()
            assert ("新建了第1版草稿" in page) == found, query

    def test_fifty_a_page_with_a_constant_number_of_queries(self, desk, editor, django_assert_num_queries):
        def fill(count):
            for _ in range(count):
                record("audit.download", by=editor, at=NOON, about_name="完整性报告")

        fill(3)
        desk.get(self.address)
        with CaptureQueriesContext(connection) as few:
            desk.get(self.address)
        fill(120)
        with django_assert_num_queries(len(few)):
            assert len(desk.get(self.address).context["page"].object_list) == 50

    def test_the_table_opens_safely_in_a_spreadsheet(self, desk, editor):
        record("audit.download", by=editor, at=NOON, about_name="=1+1", note="-2")
        response = desk.get(f"{self.address}?csv=1&duixiang==1")
        text = b"".join(response.streaming_content).decode("utf-8")
        assert text.startswith("\ufeff时间,人员,操作")
        assert ",'=1+1," in text
        assert ",'-2," in text
        assert latest("audit.download").note == "导出了操作记录"
