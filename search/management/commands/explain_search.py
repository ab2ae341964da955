"""manage.py explain_search "低保" [--day 2021-06-01] [--size 10]"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.explaining import explain


class Command(BaseCommand):
    help = "说明一次搜索：查询怎样理解，每条结果为什么排在那里。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--day", help="哪一天能看到的内容，例如 2021-06-01；不写是今天")
        parser.add_argument("--size", type=int, default=10, help="说明前几条")

    def handle(self, *args: Any, query: str, day: str | None, size: int, **options: Any) -> None:
        try:
            wanted = date.fromisoformat(day) if day else timezone.localdate()
        except ValueError as error:
            raise CommandError(f"“{day}”不是日期，请写成 2021-06-01 这样。") from error
        explanation = explain(query, day=wanted, size=size)
        for line in explanation.reading():
            self.stdout.write(line)
        results = explanation.results
        self.stdout.write(f"共{results.total}条" if results.total else "没有找到")
        for place, (hit, reasons) in enumerate(zip(results.hits, explanation.reasons, strict=True), 1):
            document = hit.document
            revoked = "，已取消，排在最后" if document.is_revoked else ""
            self.stdout.write(f"{place}. {document.title}（{document.get_kind_display()}{revoked}） {hit.score:.1f}")
            for reason in reasons:
                self.stdout.write(f"   {reason}")
