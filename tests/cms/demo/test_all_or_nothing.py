import pytest

from cms.demo import loading, people
from cms.demo.lists import DemonstrationFault
from registries.places.models import Area
from tests.cms.demo.conftest import NOON


@pytest.mark.django_db
def test_a_load_stopped_among_the_pictures_leaves_none(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "media", tmp_path
    draw = people.save_portrait

    def stopped_at_the_third(number, collection):
        if number == 3:
            raise KeyboardInterrupt
        return draw(number, collection)

    monkeypatch.setattr(people, "save_portrait", stopped_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        loading.load_demonstration(at=NOON)
    assert not Area.objects.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


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
