"""Fictitious grids and grid workers, imported as an office would import its own."""

from datetime import date

from wagtail.models import Collection

from registries.people.importing import import_grid_workers
from registries.people.models import GridWorker
from registries.places.importing import import_grids
from registries.places.models import Grid

from .portraits import save_portrait
from .tables import DATA

STARTS_ON = date(2021, 4, 1)
SUPERVISION_PHONE = "0951-000-9000"


def load_people(made: list[str]) -> None:
    """`made` gains the name of every picture file as it is made: a rolled-back load must delete them."""
    import_grids((DATA / "grids.geojson").read_bytes(), valid_from=STARTS_ON)
    for grid in Grid.objects.select_related("community"):
        grid.supervision_phone = SUPERVISION_PHONE
        grid.responsibility_text = f"{grid.name}范围内的住户、楼栋、道路和公共场所（示例）。"
        grid.save()
    import_grid_workers((DATA / "grid_workers.csv").read_bytes(), starts_on=STARTS_ON)
    collection = Collection.objects.filter(name="清单和人员图片").first()
    for number, worker in enumerate(GridWorker.objects.all(), 1):
        worker.photo = save_portrait(number, collection)
        made.append(worker.photo.file.name)
        worker.save()
