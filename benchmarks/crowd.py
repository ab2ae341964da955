"""Eight writers and eight readers of one list at once: nobody is told "locked", no change is lost, every reader sees an
edition whole.

`python -m benchmarks.crowd SECONDS` on the database of DATABASE_URL, which is migrated; prints JSON.
"""

import json
import os
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import django
from django.db import DatabaseError, connections, transaction

WRITERS = READERS = 8
ROWS = 30
DAY, NOON = date(2026, 3, 2), datetime(2026, 3, 2, 4, tzinfo=UTC)
COUNTED = "计数的事项"
EDITS_A_PUBLICATION = 10


def crowd(seconds: float) -> dict[str, Any]:
    """What everybody did; `lost` and `errors` are what must be nothing."""
    from registries.lists.models import Edition

    from .forking import together

    registry = _a_list()
    until = time.monotonic() + seconds
    acts = [lambda: _write(registry, until)] * WRITERS + [lambda: _read(registry, until)] * READERS
    done: Counter[str] = Counter()
    errors: list[str] = []
    for counts, wrong in together(*acts):
        done.update(counts)
        errors += wrong
    published = Edition.objects.filter(registry=registry).published()
    latest = Edition.objects.filter(registry=registry).select_related("registry").order_by("-number")[0]
    counter = int(latest.items.get(name=COUNTED).remark)
    result = dict(done) | {
        "lost": done["edits"] - counter,
        "lost publications": done["publications"] + 1 - published.count(),
        "broken digests": sum(not _is_whole(edition) for edition in _with_facts(published)),
        "errors": errors,
    }
    connections.close_all()
    return result


def _a_list() -> Any:
    """A published list with a draft over it."""
    from registries.lists.drafting import start_draft
    from registries.lists.models import PowerItem, Registry
    from registries.lists.publication import publish_edition
    from registries.places.enums import AreaKind
    from registries.places.models import Area

    area = Area.objects.create(code="640181009000", name="示例镇", kind=AreaKind.TOWN)
    registry = Registry.objects.create(kind="power", area=area, title="示例镇权力清单")
    draft = start_draft(registry, by=None)
    PowerItem.objects.bulk_create(
        PowerItem(edition=draft, seq_no=n, name=f"示例事项{n}" if n else COUNTED, item_type="01", remark="0")
        for n in range(ROWS)
    )
    draft.effective_from = DAY
    draft.save()
    publish_edition(draft, by=None, at=NOON)
    start_draft(registry, by=None)
    return registry


def _write(registry: Any, until: float) -> tuple[dict[str, int], list[str]]:
    """Edits a row as it finds it, and now and then publishes the draft and starts the next."""
    from registries.lists.drafting import CannotDraft, start_draft

    done: Counter[str] = Counter()
    errors = []
    while time.monotonic() < until:
        try:
            if _edit(registry):
                done["edits"] += 1
            if done["edits"] % EDITS_A_PUBLICATION == EDITS_A_PUBLICATION - 1 and _publish(registry):
                done["publications"] += 1
                start_draft(registry, by=None)
        except CannotDraft:
            done["refusals"] += 1  # somebody else was first, and was told so
        except DatabaseError as error:
            errors.append(repr(error))
    return done, errors


def _edit(registry: Any) -> bool:
    from registries.lists.drafting import lock_draft

    draft = registry.editions.drafts().first()
    if draft is None:
        return False
    with transaction.atomic():
        draft = lock_draft(draft, "已经发布。")
        row = draft.items.get(name=COUNTED)
        row.remark = str(int(row.remark) + 1)
        row.save()
    return True


def _publish(registry: Any) -> bool:
    from registries.lists.drafting import lock_draft
    from registries.lists.publication import publish_edition

    draft = registry.editions.drafts().first()
    if draft is None:
        return False
    with transaction.atomic():
        draft = lock_draft(draft, "已经发布。")
        draft.effective_from = DAY
        draft.save(update_fields=["effective_from"])
        publish_edition(draft, by=None, at=NOON)
    return True


def _read(registry: Any, until: float) -> tuple[dict[str, int], list[str]]:
    """The edition in force, and whether its rows are those of its digest."""
    done: Counter[str] = Counter()
    errors = []
    while time.monotonic() < until:
        try:
            for edition in _with_facts(registry.editions.as_of(DAY)):
                done["reads"] += 1
                if not _is_whole(edition):
                    errors.append(f"edition {edition.number} was read in part")
        except DatabaseError as error:
            errors.append(repr(error))
    return done, errors


def _with_facts(editions: Any) -> Any:
    return editions.select_related("registry__area", "adopted")


def _is_whole(edition: Any) -> bool:
    from registries.lists.canonical import edition_digest

    return edition_digest(edition, edition.items.select_related("department")) == edition.digest


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    print(json.dumps(crowd(float(sys.argv[1]))))
