from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "registries.exchange"
    label = "exchange"
    verbose_name = "导入导出"
