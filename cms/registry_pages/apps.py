from django.apps import AppConfig


class RegistryPagesConfig(AppConfig):
    name = "cms.registry_pages"
    label = "registry_pages"
    verbose_name = "清单页面"
