from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.review_dates.reminding import send_reminders


class Command(BaseCommand):
    help = "发送复核日期的提醒邮件：到期前30天、7天各一次，过期后每周一次。平时由自动发布每天早上发送；手工多运行几次也只发一次。"

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_reminders(timezone.localdate())
        self.stdout.write(f"发出{outcome.sent}封提醒。")
        for name in outcome.unreachable:
            self.stdout.write(f"“{name}”没有填写邮箱的用户，没有发送。请在用户里填写邮箱。")
        if outcome.failed:
            raise CommandError("没有发出去，下次运行会再试：" + "；".join(outcome.failed))
