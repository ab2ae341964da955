import pytest


@pytest.fixture(autouse=True)
def public_addresses(settings):
    """The search knows the website by the names of its addresses only."""
    settings.ROOT_URLCONF = "tests.search.public_urls"
