from django.apps import AppConfig


class RegistryDeskConfig(AppConfig):
    name = "cms.registry_desk"
    label = "registry_desk"
    verbose_name = "清单工作台"
