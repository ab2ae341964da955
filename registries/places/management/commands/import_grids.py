"""manage.py import_grids FILE: grids and their boundaries from a GeoJSON file."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registries.places.importing import CannotImport, import_grids


class Command(BaseCommand):
    help = "从GeoJSON文件导入网格和边界，并重新计算相邻网格。有一处错误就什么都不导入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON文件（FeatureCollection，WGS84）")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="新网格的启用日期，例如2021-04-01")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"找不到文件“{options['file']}”。请检查路径。")
        try:
            count = import_grids(options["file"].read_bytes(), valid_from=options["valid_from"])
        except CannotImport as error:
            for fault in error.faults:
                self.stderr.write(f"错误：{fault.message}")
            raise CommandError("没有导入任何内容。请改正上面的错误后重试。") from None
        self.stdout.write(f"新增{len(count.created)}个网格，修改{len(count.updated)}个，不变{len(count.unchanged)}个。")
