"""The five roles of the desk as groups of Django permissions. Which rows they apply to follows from the organisation."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

CITY_EDITOR = "市级编辑"
TOWNSHIP_EDITOR = "乡镇编辑"
DEPARTMENT_EDITOR = "部门编辑"
LEGAL_REVIEWER = "合法性审核"
PRINTER = "打印员"

#: Photos and flow charts of the record; roles that place pictures choose from here and add to it.
PICTURES = "清单和人员图片"

_ITEMS = (
    "lists.poweritem",
    "lists.delegateditem",
    "lists.serviceitem",
    "lists.enforcementitem",
    "lists.responsibilityitem",
)
_LISTS = ("lists.registry", "lists.edition", *_ITEMS)
_PLACES = ("places.area", "places.organisation", "places.servicecentre", "places.agencypoint", "places.grid")
_PEOPLE = ("people.gridworker", "people.gridassignment")


def _each(models: tuple[str, ...], *actions: str) -> set[str]:
    return {f"{app}.{action}_{name}" for app, name in (model.split(".") for model in models) for action in actions}


_EVERY = ("add", "change", "delete", "view")
_DRAFTING = _each(("lists.edition", *_ITEMS), *_EVERY) | {"registry_desk.publish_edition"}
ROLES: dict[str, set[str]] = {
    CITY_EDITOR: _each((*_PLACES, *_PEOPLE), *_EVERY)
    | _each(("lists.registry",), "add", "change", "view")
    | _DRAFTING
    | _each(("core.siteidentity",), "change")
    | _each(("search.synonym", "search.bestbet"), *_EVERY)
    | {"search.view_askedquery", "search.add_dismissedquery"}
    | {"registry_desk.print_sheets", "audit.view_auditentry"},
    TOWNSHIP_EDITOR: _each(("places.area", "places.organisation", "lists.registry"), "view")
    | _each(("places.servicecentre",), "change", "view")
    | _each(("places.agencypoint", "places.grid", "people.gridworker"), "add", "change", "view")
    | _each(("people.gridassignment",), *_EVERY)
    | _DRAFTING
    | {"registry_desk.print_sheets"},
    DEPARTMENT_EDITOR: _each((*_LISTS, "places.area", "places.organisation"), "view") | _each(_ITEMS, "change"),
    LEGAL_REVIEWER: _each((*_LISTS, "places.area", "places.organisation"), "view"),
    PRINTER: {"registry_desk.print_sheets"},
}
PAGE_ACTIONS = {CITY_EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete")}
COLLECTION_ACTIONS = {
    CITY_EDITOR: ("wagtailcore.root", ("image", "document"), ("add", "change", "choose")),
    TOWNSHIP_EDITOR: (PICTURES, ("image",), ("add", "choose")),
}


def ensure_roles(**_: Any) -> None:
    """Make the groups and give them these permissions. Runs after every migration; what an operator added stays."""
    root, collections = Page.get_first_root_node(), Collection.get_first_root_node()
    if root is None or collections is None:  # an emptied database: nothing to hang permissions on
        return
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    pictures = collections.get_children().filter(name=PICTURES).first() or collections.add_child(name=PICTURES)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, wanted in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(access, *(_permission(label) for label in sorted(wanted)))
        for action in PAGE_ACTIONS.get(name, ()):
            permission = _permission(f"wagtailcore.{action}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        if name in COLLECTION_ACTIONS:
            place, kinds, actions = COLLECTION_ACTIONS[name]
            collection = pictures if place == PICTURES else collections
            for kind in kinds:
                for action in actions:
                    GroupCollectionPermission.objects.get_or_create(
                        group=group, collection=collection, permission=_collection_permission(kind, action)
                    )


def _permission(label: str) -> Permission:
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _collection_permission(kind: str, action: str) -> Permission:
    """Wagtail keeps these permissions on its own image and document models, whatever models a site uses."""
    return Permission.objects.get(
        content_type__app_label={"image": "wagtailimages", "document": "wagtaildocs"}[kind],
        content_type__model=kind,
        codename=f"{action}_{kind}",
    )
