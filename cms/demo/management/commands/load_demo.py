"""manage.py load_demo: the demonstration, once."""

import logging
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.demo.accounts import account_lines
from cms.demo.loading import load_demonstration


class Command(BaseCommand):
    help = "装入示例数据：地方、网格、五张清单、政策文件和五个示例账号。库里已有数据时什么都不做。"

    def handle(self, *args: Any, **options: Any) -> None:
        logging.disable(logging.INFO)  # hundreds of lines about background tasks of every saved row
        try:
            is_new = load_demonstration(at=timezone.now())
        finally:
            logging.disable(logging.NOTSET)
        if is_new:
            self.stdout.write("示例数据已装入。示例账号：")
        else:
            self.stdout.write("库里已有数据，没有改动。示例账号：")
        for line in account_lines():
            self.stdout.write(f"  {line}")
