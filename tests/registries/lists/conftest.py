from datetime import UTC, datetime

import pytest

from registries.lists.drafting import start_draft
from registries.lists.models import Edition, Registry
from registries.lists.publication import publish_edition
from registries.places.enums import AreaKind
from registries.places.models import Area

NOON = datetime(2021, 3, 31, 4, 0, tzinfo=UTC)


@pytest.fixture
def city(db):
    return Area.objects.get_or_create(code="640181000000", defaults={"name": "灵武市", "kind": AreaKind.CITY})[0]


@pytest.fixture
def registry(city) -> Registry:
    return Registry.objects.create(kind="power", area=city, title="权力清单")


def add_item(draft: Edition, name: str, **values):
    """One more row of the draft."""
    defaults = {"seq_no": draft.items.count() + 1, "name": name}
    if draft.registry.kind != "responsibility":
        defaults["item_type"] = "01"
    return draft.registry.list_kind.model.objects.create(edition=draft, **defaults | values)


def draft_of(registry: Registry, *names: str) -> Edition:
    """A new draft with these rows more."""
    draft = start_draft(registry, by=None)
    for name in names:
        add_item(draft, name)
    return draft


def publish(draft: Edition, effective_from, at=NOON) -> Edition:
    Edition.objects.filter(pk=draft.pk).update(effective_from=effective_from)
    return publish_edition(draft, by=None, at=at)
