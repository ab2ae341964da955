"""manage.py import_grid_workers FILE --starts-on DAY: workers, grids and backups from a CSV file."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registries.people.importing import import_grid_workers
from registries.places.importing import CannotImport


class Command(BaseCommand):
    help = "从CSV文件导入网格员及其网格和B岗。有一处错误就什么都不导入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV文件（UTF-8或GB18030）")
        parser.add_argument("--starts-on", type=date.fromisoformat, required=True, help="到岗日期，例如2021-04-01")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"找不到文件“{options['file']}”。请检查路径。")
        try:
            count = import_grid_workers(options["file"].read_bytes(), starts_on=options["starts_on"])
        except CannotImport as error:
            for fault in error.faults:
                self.stderr.write(f"错误：{fault.message}")
            raise CommandError("没有导入任何内容。请改正上面的错误后重试。") from None
        self.stdout.write(
            f"新增{len(count.created)}名网格员，修改{len(count.updated)}名，不变{len(count.unchanged)}名。"
        )
