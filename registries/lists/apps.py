from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "registries.lists"
    label = "lists"
    verbose_name = "清单"
