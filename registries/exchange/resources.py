"""django-import-export resources, one a kind of list: what a workbook's columns mean for an item, and back."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import resources

from registries.lists import enums
from registries.lists.canonical import canonical_row
from registries.lists.items import (
    DelegatedItem,
    EnforcementItem,
    Item,
    PowerItem,
    ResponsibilityItem,
    ServiceItem,
)
from registries.lists.models import Edition
from registries.lists.rows import as_stream, plain_rows

from .cells import (
    UNSAID,
    Cell,
    ChoiceCell,
    ChoiceListCell,
    DateCell,
    GroupCell,
    LimitCell,
    LinesCell,
    NameCell,
    NumberCell,
    OrganisationCell,
    RowsCell,
    as_written,
    basis_row,
    code_of,
    numbered,
)

#: The keys under which a row's place in the list, and the sheet and row it was read from, travel with its values.
SEQ, SHEET, ROW = "_seq", "_sheet", "_row"


def bases() -> RowsCell:
    return RowsCell(
        "实施依据", "legal_bases", "basis", named="text", make=basis_row, text=lambda row: row["text"], is_derived=True
    )


class ItemResource(resources.ModelResource):
    """Rows of one draft edition. Existing rows are found by code, else by type and name."""

    seq_no = NumberCell("序号", "seq_no", SEQ)
    name = NameCell("事项名称", "name")
    code = Cell("编码", "code")

    fields: dict[str, Cell]
    #: Fields that a download shows in the column of another.
    SHOWN_ELSEWHERE: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        import_id_fields = ("code",)
        skip_diff = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, edition: Edition | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {name: field for name, field in self.fields.items() if isinstance(field, Cell)}
        self.edition = edition
        self.added: list[Item] = []
        self.changed: list[tuple[Item, dict[str, Any], dict[str, Any]]] = []
        self.unchanged: list[Item] = []

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self._items = list(self._meta.model.objects.filter(edition=self.edition).select_related("department"))
        self._by_code = {item.code: item for item in self._items if item.code}
        claimed = set(dataset["code"])
        self._by_name: dict[str, list[Item]] = {}
        for item in self._items:
            if not item.code or item.code not in claimed:
                self._by_name.setdefault(str(item), []).append(item)
        self._seen: set[int] = set()

    def get_instance(self, instance_loader: Any, row: Any) -> Item | None:
        """By code; else by name and type, among rows that no other row of the workbook claims by code. A code that is new
        to the draft may replace one that the system assigned, and no other."""
        code, type_said = row["code"], self._type_in(row)
        if code and code in self._by_code:
            return self._by_code[code]
        for item in self._by_name.get(row["name"] or "", ()):
            is_of_type = type_said is None or item.item_type == type_said  # type: ignore[attr-defined]
            if item.pk not in self._seen and is_of_type and (not code or not item.code or item.has_assigned_code):
                return item
        return None

    def _type_in(self, row: Any) -> str | None:
        """The type that the workbook gives the row; None where it has no such column."""
        for field in self.get_import_fields():
            if field.attribute == "item_type" and row[field.column_name] is not UNSAID:
                return str(field.take(row[field.column_name], None))
        return None

    def init_instance(self, row: Any = None) -> Item:
        return self._meta.model(edition=self.edition)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        self._before = None if new else canonical_row(instance)
        source = (row[SHEET], row[ROW])
        self._is_moved = source != (instance.source_sheet, instance.source_row)
        instance.source_sheet, instance.source_row = source
        if not new:
            self._seen.add(instance.pk)
            row["code"] = row["code"] or instance.code
            instance.has_assigned_code = instance.has_assigned_code and row["code"] == instance.code

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        self._instance, self._after = instance, {} if import_validation_errors else canonical_row(instance)
        return self._after == self._before and not self._is_moved

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Every field of the item. What the resource itself has found in the database is not asked for again, row by row:
        the edition, the departments, and that a code stands once."""
        errors = dict(import_validation_errors or {})
        found = [field.name for field in instance._meta.concrete_fields if field.is_relation]
        try:
            instance.full_clean(exclude=[*errors, *found], validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Counts what was taken; a row that was refused never comes here."""
        if self._before is None:
            self.added.append(self._instance)
        elif _content(self._after) == _content(self._before):
            self.unchanged.append(self._instance)
        else:
            self.changed.append((self._instance, self._before, self._after))

    def absent(self) -> list[Item]:
        """Rows of the draft that the workbook did not name."""
        return [item for item in self._items if item.pk not in self._seen]

    def get_export_order(self) -> list[str]:
        return [name for name in self.fields if name not in self.SHOWN_ELSEWHERE]

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [field.heading for field in self.get_export_fields(selected_fields)]


def _content(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says apart from its place in the list: a new order is no change."""
    return {key: value for key, value in row.items() if key != "seq_no"}


class PowerResource(ItemResource):
    item_type = ChoiceCell("权力类型", "item_type", enums.ItemType, "type")
    subjects = ChoiceListCell("适用对象", "township_kinds", enums.TownshipKind, "subjects")
    department = OrganisationCell("主管部门", "department")
    statutory_limit = LimitCell("法定时限", "statutory", "statutory_limit")
    promised_limit = LimitCell("承诺时限", "promised", "promised_limit")
    basis = bases()
    remark = Cell("备注", "remark")

    class Meta(ItemResource.Meta):
        model = PowerItem


class DelegatedResource(ItemResource):
    item_type = ChoiceCell("职权类型", "item_type", enums.ItemType, "type")
    department = OrganisationCell("原实施部门", "department", "original_department")
    mode = ChoiceCell("赋权方式", "grant_mode", enums.GrantMode, "mode")
    subjects = ChoiceListCell("承接主体", "township_kinds", enums.TownshipKind, "subjects")
    effective_on = DateCell("生效日期", "effective_on", "effective_date")
    basis = bases()
    remark = Cell("备注", "remark")

    class Meta(ItemResource.Meta):
        model = DelegatedItem


class EnforcementResource(ItemResource):
    category = GroupCell("执法领域", "category")
    item_type = ChoiceCell("职权类型", "item_type", enums.ItemType, "kind")
    basis = bases()
    department = OrganisationCell("主管部门", "department")
    statutory_subject = Cell("法定实施主体", "statutory_subject")
    mode = ChoiceCell("赋权方式", "enforcement_mode", enums.EnforcementMode, "mode")
    remark = Cell("备注", "remark")

    class Meta(ItemResource.Meta):
        model = EnforcementItem


class PartiesCell(Cell):
    """The parties of one role; the two columns together make the item's parties, leads first."""

    def __init__(self, heading: str, key: str, role: enums.PartyRole) -> None:
        super().__init__(heading, "parties", key)
        self.role = role

    def take(self, value: Any, instance: Any) -> Any:
        parties = [entry if isinstance(entry, dict) else None for entry in value or ()]
        if value and None in parties:  # bare duties: those of every township
            parties = [{"department": enums.EVERY_TOWNSHIP, "duties": list(value)}]
        rows = [
            {"organisation": party["department"], "role": self.role.value, "duties": list(party["duties"])}
            for party in parties
            if party
        ]
        present = plain_rows(instance.parties)
        same = {row["organisation"]: row for row in present if row["role"] == self.role}
        rows = [as_written(same.get(row["organisation"]), row) for row in rows]
        if self.role == enums.PartyRole.LEAD:
            # A workbook in which nobody is marked says nothing about who leads: the record's mark stays.
            leading = {party["department"] for party in parties if party and party.get("is_lead")}
            leading = leading or {name for name, row in same.items() if row.get("is_lead")}
            rows = [row | {"is_lead": row["organisation"] in leading} for row in rows]
        others = [row for row in present if row["role"] != self.role]
        both = rows + others if self.role == enums.PartyRole.LEAD else others + rows
        return as_stream(both)

    def show(self, instance: Any) -> str:
        parties = instance.parties_with(self.role)
        if self.role == enums.PartyRole.ASSIST and [party["organisation"] for party in parties] == [
            enums.EVERY_TOWNSHIP
        ]:
            return numbered(parties[0]["duties"])
        return "\n".join(f"{name_with_mark(party)}：{numbered(party['duties'])}" for party in parties)


def name_with_mark(party: dict[str, Any]) -> str:
    """As a workbook writes it: 公安局（牵头）."""
    return f"{party['organisation']}（牵头）" if party.get("is_lead") else str(party["organisation"])


class ResponsibilityResource(ItemResource):
    category = GroupCell("类别", "category")
    main = PartiesCell("主体责任", "main", enums.PartyRole.LEAD)
    cooperate = PartiesCell("配合责任", "cooperate", enums.PartyRole.ASSIST)
    basis = bases()

    class Meta(ItemResource.Meta):
        model = ResponsibilityItem


class HandlingCell(Cell):
    """即办件, 承诺件 or 代办: two facts in one column (办件类型 and 办理方式)."""

    AGENCY = "代办"

    def put(self, instance: Any, value: Any) -> None:
        if value == self.AGENCY:
            instance.handling_mode = enums.HandlingMode.ENTRUSTED
            return
        instance.case_type = code_of(enums.CaseType, value, self.heading) if value else ""
        if instance.pk is None or instance.handling_mode == enums.HandlingMode.ENTRUSTED:
            instance.handling_mode = enums.HandlingMode.DIRECT

    def show(self, instance: Any) -> str:
        if instance.handling_mode == enums.HandlingMode.ENTRUSTED:
            return self.AGENCY
        return instance.get_case_type_display()


class FeeCell(Cell):
    """Whether there is a fee, in a download with the note on it: 收费（工本费10元）. The reader takes the two apart."""

    def take(self, value: Any, instance: Any) -> bool:
        return bool(value)

    def show(self, instance: Any) -> str:
        word = "收费" if instance.is_fee else "不收费"
        return f"{word}（{instance.fee_note}）" if instance.fee_note else word


NECESSITY = {"必要": enums.Necessity.REQUIRED, "非必要": enums.Necessity.OPTIONAL, "容缺": enums.Necessity.LATER}


def material_row(material: dict[str, Any]) -> dict[str, Any]:
    waiver = material.get("waiver")
    return {
        "name": material["name"],
        "original": material.get("original"),
        "copy": material.get("copy"),
        "necessity": NECESSITY[material["necessity"]].value if material.get("necessity") else "",
        "source": material.get("source") or "",
        "waiver": code_of(enums.Waiver, waiver, "免交方式") if waiver else "",
    }


def material_text(row: dict[str, Any]) -> str:
    copies = [("原件", row.get("original")), ("复印件", row.get("copy"))]
    notes = [f"{word}{count}份" for word, count in copies if count is not None]
    notes += [str(dict(enums.Necessity.choices)[row["necessity"]])] if row.get("necessity") else []
    notes += [f"来源：{row['source']}"] if row.get("source") else []
    notes += [f"免交：{dict(enums.Waiver.choices)[row['waiver']]}"] if row.get("waiver") else []
    return f"{row['name']}（{'，'.join(notes)}）" if notes else row["name"]


class ServiceResource(ItemResource):
    SHOWN_ELSEWHERE = frozenset({"fee_note"})

    department = OrganisationCell("行业指导部门", "department")
    item_type = ChoiceCell("事项类型", "item_type", enums.ItemType, "type")
    handling = HandlingCell("办件类型", "case_type", "handling")
    statutory_limit = LimitCell("法定时限", "statutory", "statutory_limit")
    promised_limit = LimitCell("承诺时限", "promised", "promised_limit")
    targets = ChoiceListCell(
        "服务对象", "service_objects", enums.ServiceObject, "targets", wider={"法人": enums.LEGAL_PERSONS[:3]}
    )
    levels = ChoiceListCell("办理层级", "levels", enums.Level)
    flags = ChoiceListCell("四办", "four_modes", enums.FourMode, "flags")
    is_fee = FeeCell("是否收费", "is_fee", "fee")
    fee_note = Cell("收费说明", "fee_note")
    basis = bases()
    materials = RowsCell("申请材料", "materials", named="name", make=material_row, text=material_text)
    conditions = LinesCell("受理条件", "conditions")
    process = RowsCell(
        "办理流程",
        "steps",
        "process",
        named="name",
        make=lambda step: {"name": step},
        text=lambda row: row["name"],
    )
    result = Cell("办理结果", "result_name", "result")
    options = ChoiceListCell("多元办理", "special_services", enums.SpecialService, "options")
    consult_phone = Cell("咨询电话", "consult_phone")
    complaint_phone = Cell("投诉电话", "complaint_phone")
    place = LinesCell("办理地点", "places", "place")
    hours = Cell("办理时间", "hours")

    class Meta(ItemResource.Meta):
        model = ServiceItem


RESOURCES: dict[str, type[ItemResource]] = {
    "power": PowerResource,
    "delegated": DelegatedResource,
    "service": ServiceResource,
    "enforcement": EnforcementResource,
    "responsibility": ResponsibilityResource,
}
