"""The demonstration, with addresses at which it fails on purpose."""

from cms.settings.demo import *  # noqa: F403

ROOT_URLCONF = "tests.judges.urls"
