import pytest

from cms.demo import loading
from cms.demo.lists import DemonstrationFault
from registries.places.models import Area
from tests.cms.demo.conftest import NOON


@pytest.mark.django_db
def test_a_load_that_fails_leaves_neither_rows_nor_pictures(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "media", tmp_path

    def fail(**_):
        raise DemonstrationFault("示例清单读不出来。")

    monkeypatch.setattr(loading, "load_lists", fail)
    with pytest.raises(DemonstrationFault):
        loading.load_demonstration(at=NOON)
    assert not Area.objects.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
