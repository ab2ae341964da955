"""Fifty editions of 150 rows in the power list, each changing a row: `python -m benchmarks.editions`, on the database of the
environment. Benchmarks of other days of a list stand on it."""

from datetime import date, timedelta

import django

EDITIONS = 50
ROWS = 150
#: After the editions of the demonstration; a new one every twenty days.
FIRST, EVERY = date(2022, 8, 1), timedelta(days=20)


def main() -> None:
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from registries.lists.drafting import start_draft
    from registries.lists.models import Edition, Registry
    from registries.lists.publication import publish_edition

    registry = Registry.objects.get(kind="power", area__code="640181000000")
    for number in range(EDITIONS):
        with transaction.atomic():
            draft = start_draft(registry, by=None)
            rows = list(draft.items)
            model, originals = type(rows[0]), [row for row in rows if not row.code.startswith("BENCH")]
            for place in range(len(rows), ROWS):
                row = originals[place % len(originals)]
                row.pk, row.code, row.name, row.seq_no = None, f"BENCH-{place}", f"{row.name}（{place}）", place + 1
                row._state.adding = True
                row.save()
            model.objects.filter(edition=draft, code="QL-JC-001").update(remark=f"第{number}次调整")
            Edition.objects.filter(pk=draft.pk).update(effective_from=FIRST + number * EVERY)
            publish_edition(draft, by=None, at=timezone.now())


if __name__ == "__main__":
    main()
