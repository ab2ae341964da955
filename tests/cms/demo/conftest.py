from datetime import UTC, datetime

import pytest
from django.db import transaction

NOON = datetime(2021, 4, 1, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for all tests of a module and taken back after the last."""
    from django.test import override_settings

    from cms.demo.loading import load_demonstration

    place = tmp_path_factory.mktemp("demonstration")
    with (
        django_db_blocker.unblock(),
        override_settings(VAR_DIR=place, MEDIA_ROOT=place / "media"),
        transaction.atomic(),
    ):
        assert load_demonstration(at=NOON)
        yield place
        transaction.set_rollback(True)
