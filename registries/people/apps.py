from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "registries.people"
    label = "people"
    verbose_name = "人员"
