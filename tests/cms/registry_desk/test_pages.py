"""Every page of the desk answers for the roles that use it, in Chinese, without inline scripts."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

LISTINGS = ["registry", "area", "organisation", "servicecentre", "agencypoint", "grid", "gridworker", "gridassignment"]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")(?![^>]*nonce=)[^>]*>")


def addresses(own: SimpleNamespace) -> list[str]:
    """Every page a township editor works with."""
    row, old = own.draft.items.get(), own.published.items.get()
    return [
        reverse("wagtailadmin_home"),
        *(reverse(f"{name}:index") for name in LISTINGS),
        reverse("registry_desk:registry", args=[own.registry.pk]),
        reverse("registry_desk:comparison", args=[own.draft.pk]),
        reverse("registry_desk:publish", args=[own.draft.pk]),
        reverse("registry_desk:import", args=[own.draft.pk]),
        reverse("registry_desk:discard", args=[own.draft.pk]),
        reverse("registry_desk:print"),
        reverse("rows_power:index", args=[own.draft.pk]),
        reverse("rows_power:add", args=[own.draft.pk]),
        reverse("rows_power:bulk", args=[own.draft.pk]) + "?quanbu=1&ziduan=department",
        reverse("rows_power:bulk_delete", args=[own.draft.pk]) + "?quanbu=1",
        reverse("registry_desk:completeness"),
        reverse("rows_power:edit", args=[row.pk]),
        reverse("rows_power:delete", args=[row.pk]),
        reverse("rows_power:history", args=[row.pk]),
        reverse("rows_power:inspect", args=[old.pk]),
        reverse("servicecentre:edit", args=[own.centre.pk]),
        reverse("agencypoint:edit", args=[own.point.pk]),
        reverse("agencypoint:add"),
        reverse("grid:edit", args=[own.grid.pk]),
        reverse("grid:add"),
        reverse("gridworker:edit", args=[own.assignment.worker.pk]),
        reverse("gridworker:add"),
        reverse("gridassignment:edit", args=[own.assignment.pk]),
        reverse("gridassignment:delete", args=[own.assignment.pk]),
        reverse("gridassignment:history", args=[own.assignment.pk]),
        reverse("gridworker:usage", args=[own.assignment.worker.pk]),
    ]


def test_every_page_of_a_township_editor_answers_without_inline_scripts(people, chongxing):
    for address in addresses(chongxing):
        response = people.township.get(address)
        assert response.status_code == 200, address
        assert not INLINE_SCRIPT.search(response.content.decode()), address


def test_the_log_answers_without_inline_scripts(people):
    response = people.city.get(reverse("registry_desk:audit"))
    assert response.status_code == 200
    assert not INLINE_SCRIPT.search(response.content.decode())


@pytest.mark.parametrize("kind", ["power", "delegated", "service", "enforcement", "responsibility"])
def test_the_form_of_every_kind_of_row_shows_its_tabs_and_helps(people, kind):
    from cms.registry_desk.panels import GROUPS, fields_of
    from tests.factories import EditionFactory

    draft = EditionFactory(registry__kind=kind, items=1)
    page = people.city.get(reverse(f"rows_{kind}:edit", args=[draft.items.get().pk]))
    assert page.status_code == 200
    html = page.content.decode()
    assert all(tab in html for tab, _ in GROUPS[kind])
    assert set(fields_of(kind)) == set(page.context["form"].fields)


@pytest.mark.parametrize("kind", ["power", "delegated", "service", "enforcement", "responsibility"])
def test_fields_that_can_be_misunderstood_have_a_help(kind):
    from cms.registry_desk.helps import HELP
    from cms.registry_desk.panels import fields_of
    from registries.lists.kinds import kind_of

    plain = {"item_type", "exercise_level", "can_book", "can_pay_online", "can_express", "can_use_terminal"}
    for name in fields_of(kind):
        field = kind_of(kind).model._meta.get_field(name)
        assert HELP.get(f"{kind}.{name}") or HELP.get(name) or field.help_text or name in plain, name


def test_every_field_of_a_row_can_be_edited():
    from cms.registry_desk.panels import fields_of
    from registries.lists.kinds import KINDS

    for kind in KINDS.values():
        content = {field.name for field in kind.model.content_fields()}
        assert content == set(fields_of(kind.key)), kind


def test_what_the_desk_says_itself_is_chinese_to_screen_readers_too(people, chongxing):
    listing = people.township.get(reverse("grid:index")).content.decode()
    assert 'aria-label="Actions"' not in listing
    assert not re.search(r">\s*(True|False|None)\s*<", listing)


def test_the_code_says_whether_it_may_still_be_written(people, chongxing):
    free = chongxing.draft.items.get()
    assert "留空由系统编制" in people.city.get(reverse("rows_power:edit", args=[free.pk])).content.decode()
    chongxing.draft.items.update(code=chongxing.published.items.get().code)
    fixed = people.city.get(reverse("rows_power:edit", args=[free.pk])).content.decode()
    assert "是本事项的固定编码，不能修改" in fixed
    assert "留空由系统编制" not in fixed


@pytest.mark.parametrize("written", ["2021-03-31", "2021年3月31日", "2021.3.31", "2021/3/31"])
def test_a_day_may_be_written_as_people_write_it(people, chongxing, written):
    address = reverse("gridassignment:edit", args=[chongxing.assignment.pk])
    assignment = chongxing.assignment
    form = {"grid": assignment.grid_id, "worker": assignment.worker_id, "starts_on": "2020-01-01", "ends_on": written}
    people.township.post(address, form)
    assignment.refresh_from_db()
    assert assignment.ends_on == date(2021, 3, 31)


def test_what_is_no_day_is_explained_and_kept(people, chongxing):
    address = reverse("gridassignment:edit", args=[chongxing.assignment.pk])
    response = people.township.post(address, {"grid": "", "worker": "", "starts_on": "明天", "ends_on": ""})
    html = response.content.decode()
    assert "请写成2021-03-31或2021年3月31日" in html
    assert "这一项必须填写。" in html
    assert 'value="明天"' in html
