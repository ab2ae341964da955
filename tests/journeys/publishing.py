"""Publish the open draft of a list of a served demonstration, as after its review (which has a journey of its own):
`DemoSite.run_module("tests.journeys.publishing", title)`."""

import sys
from datetime import date

import django

EFFECTIVE_FROM = date(2022, 9, 1)


def main(title: str) -> None:
    from django.utils import timezone

    from registries.lists.models import Edition
    from registries.lists.publication import publish_edition

    draft = Edition.objects.drafts().get(registry__title=title)
    draft.effective_from, draft.change_note = EFFECTIVE_FROM, "示例：调整。"
    draft.save()
    publish_edition(draft, by=None, at=timezone.now())


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
