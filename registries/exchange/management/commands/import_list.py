"""manage.py import_list FILE --kind service: a workbook into the open draft of a list (a new draft when there is none)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from registries.exchange.applying import ImportResult, import_workbook
from registries.lists.drafting import CannotDraft, start_draft
from registries.lists.kinds import KINDS
from registries.lists.models import Registry
from registries.places.models import Area

KIND_NAMES = "、".join(f"{kind} {name}" for kind, name in KINDS.items())


class Command(BaseCommand):
    help = "把一个工作簿导入清单的草稿。已发布的版本不受影响。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="工作簿（.xlsx）")
        parser.add_argument("--kind", required=True, choices=list(KINDS), help=f"清单种类：{KIND_NAMES}")
        parser.add_argument("--area", default="640181000000", help="清单所属地方的12位代码，默认灵武市")
        parser.add_argument("--skip-faulty", action="store_true", help="有错误的行不导入，其余导入")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不导入；有错误时退出码为1")

    def handle(self, *args: Any, **options: Any) -> None:
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise CommandError(f"没有代码为{options['area']}的地方。请先录入区划。")
        if not options["file"].is_file():
            raise CommandError(f"找不到文件“{options['file']}”。请检查路径。")
        with transaction.atomic():
            registry, _ = Registry.objects.get_or_create(
                kind=options["kind"], area=area, defaults={"title": f"{area.name}乡镇（街道）{KINDS[options['kind']]}"}
            )
            try:
                draft = registry.editions.drafts().first() or start_draft(registry, by=None)
                result = import_workbook(
                    draft, options["file"], skip_faulty=options["skip_faulty"], dry_run=options["dry_run"]
                )
            except CannotDraft as refusal:
                raise CommandError(str(refusal)) from refusal
            except OSError as error:
                raise CommandError(f"文件“{options['file']}”读不出来。请检查文件的权限。") from error
            if not result.is_applied:
                transaction.set_rollback(True)  # neither a list nor a draft is left behind
        self._report(result)
        if not result.is_applied and (result.faults or not options["dry_run"]):
            way_out = "" if result.reading.is_fatal else "，或加 --skip-faulty 只导入没有错误的行"
            raise CommandError(f"没有导入任何内容。请改正上面的错误后重试{way_out}。")

    def _report(self, result: ImportResult) -> None:
        for error in result.errors:
            self.stderr.write(("警告：" if error.is_warning else "错误：") + error.message)
        self.stdout.write(
            f"读到{len(result.reading.rows)}行：新增{result.added}，修改{result.changed}，"
            f"不变{result.unchanged}，删除{len(result.removed)}，未导入{result.skipped}。"
        )
