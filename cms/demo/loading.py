"""The whole demonstration in one transaction."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction

from cms.home.models import HomePage
from registries.lists.models import Registry
from registries.places.models import Area

from .accounts import load_accounts
from .adjustments import load_adjustments
from .lists import load_lists
from .people import load_people
from .places import load_places
from .reviews import load_review
from .site_tree import load_site
from .townships import load_townships


def is_loaded() -> bool:
    """Whether this database already holds a record or a site, the demonstration's or an office's own."""
    return Registry.objects.exists() or HomePage.objects.exists() or Area.objects.exists()


def load_demonstration(*, at: datetime) -> bool:
    """Load it unless the database holds anything already. All or nothing; True when it was loaded."""
    if is_loaded():
        return False
    files: list[str] = []
    try:
        with transaction.atomic():
            load_places()
            users = load_accounts()
            load_people(files)
            load_lists(by=users["shiji"], at=at)
            load_townships(by=users["shiji"], at=at)
            load_site(by=users["shiji"])
            load_adjustments(users, at=at)
            load_review(users, at=at)
    except BaseException:
        for name in files:
            default_storage.delete(name)
        raise
    return True
