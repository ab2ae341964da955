"""The tabs of the item forms. `GROUPS` says which fields stand where; forms and read-only views are made from it."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from registries.lists.canonical import canonical_row
from registries.lists.wording import in_words

from .forms import ItemForm
from .helps import HELP

#: A tab: its heading, and sections of rows; a tuple of names stands on one line.
Section = tuple[str, list[str | tuple[str, ...]]]
Tab = tuple[str, list[Section]]

_LIMITS: Section = (
    "时限",
    [("statutory_value", "statutory_unit"), ("promised_value", "promised_unit")],
)
_BASES: Tab = ("依据", [("设定依据", ["legal_bases"])])
_FLOWCHART: Section = ("流程图", ["flowchart", "flowchart_text"])

GROUPS: dict[str, list[Tab]] = {
    "power": [
        (
            "基本",
            [
                ("名称和编码", [("seq_no", "code"), "name", "sub_name"]),
                ("类型和主体", [("item_type", "power_source", "exercise_level"), "township_kinds", "department"]),
                (
                    "实施",
                    [("exercising_body", "undertaking_office"), "joint_departments", "supervision_phone", "remark"],
                ),
                _LIMITS,
            ],
        ),
        _BASES,
        ("责任", [("责任事项", ["duties", "duty_basis"]), ("追责", ["accountability_scope", "accountability_cases"])]),
        ("流程和风险", [_FLOWCHART, ("廉政风险点", ["integrity_risks"])]),
    ],
    "delegated": [
        (
            "基本",
            [
                ("名称和编码", [("seq_no", "code"), "name", "sub_name"]),
                ("类型和部门", [("item_type",), "department", "guiding_department", "township_kinds", "remark"]),
            ],
        ),
        _BASES,
        (
            "赋权和承接",
            [
                ("赋权", [("grant_mode", "grant_status"), ("effective_on", "revoked_on"), "grant_document"]),
                ("承接主体", ["grants"]),
            ],
        ),
    ],
    "service": [
        (
            "基本",
            [
                ("名称", [("seq_no", "code"), "main_name", "name", "sub_name", "aliases"]),
                ("类型和部门", [("item_type", "power_source", "exercise_level"), "department", "joint_departments"]),
                (
                    "实施主体",
                    [
                        ("organisation_name", "organisation_nature"),
                        ("organisation_code", "entrusting_department"),
                        "exercise_content",
                    ],
                ),
                (
                    "其他编码",
                    [("basic_code", "local_basic_code"), ("impl_code", "local_impl_code"), "handle_code", "remark"],
                ),
            ],
        ),
        (
            "办理",
            [
                ("谁可以办、在哪级办", ["service_objects", "levels", "person_topics", "legal_topics", "local_topics"]),
                (
                    "怎么办",
                    [
                        ("handling_mode", "case_type", "review_type"),
                        "four_modes",
                        "special_services",
                        "handling_forms",
                        ("cross_scope", "is_commitment"),
                    ],
                ),
                _LIMITS,
                ("时限说明和次数", ["statutory_note", "promised_note", ("visits", "visit_reason"), "quota"]),
            ],
        ),
        (
            "材料和环节",
            [
                ("条件", ["conditions", "prohibitions"]),
                ("申请材料", ["materials"]),
                ("办理环节", ["steps", "special_procedures", "offline_flow", "online_flow"]),
                _FLOWCHART,
            ],
        ),
        _BASES,
        ("收费", [("收费", ["is_fee", "fee_note", "fees"])]),
        (
            "地点和联系",
            [
                ("地点和时间", ["places", "hours", ("is_in_centre", "window_no")]),
                ("电话", [("consult_phone", "complaint_phone"), "consult_ways", "complaint_ways"]),
            ],
        ),
        (
            "网上办理",
            [
                ("网办", [("is_online", "online_depth"), "online_url", "mobile_url", "run_system"]),
                ("支持方式", [("can_book", "can_pay_online"), ("can_express", "can_use_terminal"), "intermediary"]),
            ],
        ),
        (
            "结果和救济",
            [
                ("结果", ["result_types", "result_name", "result_delivery"]),
                ("常见问题", ["faqs"]),
                ("权利义务和救济", ["rights", "obligations", "remedies"]),
            ],
        ),
    ],
    "enforcement": [
        (
            "基本",
            [
                ("名称和编码", [("seq_no", "code"), "name", "sub_name"]),
                ("类型和领域", [("item_type", "category"), ("enforcement_mode", "first_level"), "department"]),
                ("主体", [("statutory_subject", "enforcing_body"), "undertaking_office", "remark"]),
            ],
        ),
        _BASES,
        (
            "处罚和裁量",
            [
                ("处罚", ["punishment_method", "penalty_kinds", ("fine_min", "fine_max"), "fine_formula"]),
                ("裁量基准", ["discretion_rules"]),
            ],
        ),
        ("检查", [("检查", ["inspection_frequency", "inspection_standard"])]),
    ],
    "responsibility": [
        (
            "基本",
            [
                ("名称和编码", [("seq_no", "code"), "name", "sub_name"]),
                ("类别和部门", ["category", "department", "remark"]),
            ],
        ),
        ("责任方", [("主体责任和配合责任", ["parties"])]),
        _BASES,
        ("流程", [_FLOWCHART]),
    ],
}


def fields_of(kind: str) -> list[str]:
    """Every field of the form of this kind, in order."""
    return [name for _, sections in GROUPS[kind] for _, rows in sections for row in rows for name in _names(row)]


def item_panels(kind: str) -> TabbedInterface:
    """The form of one kind of row."""
    tabs = [
        ObjectList([MultiFieldPanel(_panels(kind, rows), heading) for heading, rows in sections], heading=tab)
        for tab, sections in GROUPS[kind]
    ]
    return TabbedInterface(tabs, base_form_class=ItemForm)


def _panels(kind: str, rows: Iterable[str | tuple[str, ...]]) -> list[Panel]:
    panels: list[Panel] = []
    for row in rows:
        made = [_field(kind, name) for name in _names(row)]
        panels.append(made[0] if isinstance(row, str) else FieldRowPanel(made))
    return panels


class ItemPanel(FieldPanel):
    """A field of a row; in a township's row what the unified list decides is shown in words, not as a field."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is None:
                return
            if self.field_name in self.form.locked:
                self.read_only = True
                self.heading = capfirst(str(self.panel.db_field.verbose_name))
                self.help_text = "由统一清单规定，不能改。"
            elif self.field_name in self.form.inherited:
                self.help_text = f"只能更方便群众，不能低于统一清单。{self.help_text}"

        def get_read_only_context_data(self) -> dict[str, Any]:
            name, item = self.field_name, self.instance
            row = canonical_row(item)
            lines = in_words(type(item), name, row.get(name), row)
            return {
                "id_for_label": self.id_for_label(),
                "help_text": self.help_text,
                "help_text_id": f"{self.prefix}-helptext",
                "show_add_comment_button": False,
                "rendered_field": render_to_string("registry_desk/_locked_field.html", {"lines": lines}),
            }


def _field(kind: str, name: str) -> ItemPanel:
    text = HELP.get(f"{kind}.{name}") or HELP.get(name)
    return ItemPanel(name, help_text=text) if text else ItemPanel(name)


def _names(row: str | tuple[str, ...]) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else row
