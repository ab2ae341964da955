"""manage.py search_index rebuild | check"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.documents.rebuilding import compare, rebuild


class Command(BaseCommand):
    help = "重建检索条目（rebuild），或核对检索条目与清单、场所、文件是否一致（check）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["rebuild", "check"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        day = timezone.localdate()
        if act == "rebuild":
            counts = rebuild(day)
            for word, count in counts.items():
                self.stdout.write(f"{word}：{count}条")
            self.stdout.write(self.style.SUCCESS(f"检索条目已重建，共{sum(counts.values())}条。"))
            return
        comparison = compare(day)
        for label, keys in (
            ("缺少", comparison.missing),
            ("多余", comparison.surplus),
            ("不一致", comparison.different),
            ("没有索引", comparison.not_indexed),
        ):
            for key in keys[:20]:
                self.stdout.write(f"{label}：{key}")
            if len(keys) > 20:
                self.stdout.write(f"{label}：……共{len(keys)}条")
        if not comparison.is_in_step:
            raise CommandError("检索条目与记录不一致。请运行 manage.py search_index rebuild 重建。")
        self.stdout.write(self.style.SUCCESS("检索条目与记录一致。"))
