"""manage.py search_index rebuild | check | sync"""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.documents.rebuilding import compare, rebuild
from search.models import Mirror

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "重建检索条目和搜索服务器的索引（rebuild），核对检索条目与清单、场所、文件以及搜索服务器是否一致（check），"
        "或把还没有送出的变更送到搜索服务器（sync）。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["rebuild", "check", "sync"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if settings.SEARCH_ENGINE != "elasticsearch":
            if act == "sync":
                raise CommandError("没有使用搜索服务器（SEARCH_ENGINE=database），没有要送出的变更。")
            getattr(self, f"_{act}")()
            return
        from search.engines.elasticsearch.client import ServerFailedError

        try:
            getattr(self, f"_{act}")()
            getattr(self, f"_{act}_server")()
        except ServerFailedError as error:
            raise CommandError(f"搜索服务器没有完成：{error}\n其间由数据库回答搜索，变更不会丢失。") from error

    def _rebuild(self) -> None:
        counts = rebuild(timezone.localdate())
        for word, count in counts.items():
            self.stdout.write(f"{word}：{count}条")
        self.stdout.write(self.style.SUCCESS(f"检索条目已重建，共{sum(counts.values())}条。"))

    def _rebuild_server(self) -> None:
        from search.engines.elasticsearch.mirroring import rebuild as rebuild_mirror

        written = rebuild_mirror(timezone.now(), self._progress)
        self.stdout.write(self.style.SUCCESS(f"搜索服务器的索引已重建并启用，共{written}条。"))

    def _progress(self, written: int) -> None:
        if written % 10_000 == 0:
            self.stdout.write(f"已写入{written}条……")

    def _check(self) -> None:
        comparison = compare(timezone.localdate())
        self._name("缺少", comparison.missing)
        self._name("多余", comparison.surplus)
        self._name("不一致", comparison.different)
        self._name("没有索引", comparison.not_indexed)
        if not comparison.is_in_step:
            raise CommandError("检索条目与记录不一致。请运行 manage.py search_index rebuild 重建。")
        self.stdout.write(self.style.SUCCESS("检索条目与记录一致。"))

    def _check_server(self) -> None:
        from search.engines.choice import condition_of_index
        from search.engines.elasticsearch.mirroring import compare as compare_mirror

        if condition_of_index() == "not built":
            raise CommandError("搜索服务器还没有可用的索引。请运行 manage.py search_index rebuild 重建。")
        difference = compare_mirror(Mirror.objects.get().index)
        self.stdout.write(
            f"数据库{difference.record}条，搜索服务器{difference.index}条，等待送出的变更涉及{difference.waiting}条。"
        )
        self._name("搜索服务器缺少", difference.missing)
        self._name("搜索服务器多余", difference.surplus)
        self._name("搜索服务器不一致", difference.different)
        if not difference.is_in_step:
            raise CommandError("搜索服务器与检索条目不一致。请运行 manage.py search_index rebuild 重建。")
        self.stdout.write(self.style.SUCCESS("搜索服务器与检索条目一致。"))

    def _sync(self) -> None:
        """All that waits is the server's."""

    def _sync_server(self) -> None:
        from search.engines.choice import catch_up

        self.stdout.write(self.style.SUCCESS(f"已送出{catch_up()}项变更。"))

    def _name(self, label: str, keys: Iterable[str]) -> None:
        named = list(keys)
        for key in named[:_SHOWN]:
            self.stdout.write(f"{label}：{key}")
        if len(named) > _SHOWN:
            self.stdout.write(f"{label}：……共{len(named)}条")
