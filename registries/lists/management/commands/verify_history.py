"""manage.py verify_history [REGISTRY]: is every published edition still what was published?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registries.lists.models import Registry
from registries.lists.verifying import first_fault

#: Of one edition with thousands of faulty rows, the first tell enough.
MOST_REASONS = 50


class Command(BaseCommand):
    help = "重新计算已发布版本的摘要和摘要链，指出最早被改动的版本和事项。有改动时退出码为1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("registry", nargs="?", type=int, help="清单的编号（管理后台地址里的数字）；不写则核验全部")

    def handle(self, *args: Any, **options: Any) -> None:
        registries = Registry.objects.select_related("area").order_by("pk")
        if options["registry"] is not None:
            registries = registries.filter(pk=options["registry"])
            if not registries:
                raise CommandError(f"没有编号为{options['registry']}的清单。请核对编号。")
        faulty = 0
        for registry in registries:
            fault = first_fault(registry)
            if fault is None:
                count = registry.editions.published().count()
                self.stdout.write(f"“{registry}”（编号{registry.pk}）：{count}版，与发布时一致。")
                continue
            faulty += 1
            self.stderr.write(f"“{registry}”（编号{registry.pk}）：第{fault.edition.number}版与发布时不一致：")
            for reason in fault.reasons[:MOST_REASONS]:
                self.stderr.write(f"  {reason}")
            if more := fault.reasons[MOST_REASONS:]:
                self.stderr.write(f"  另有{len(more)}处。")
        if faulty:
            raise CommandError(f"{faulty}张清单与发布时不一致。请保留现场，用备份核对，并查明是谁改动了数据库。")
