from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class RegistryDeskConfig(AppConfig):
    name = "cms.registry_desk"
    label = "registry_desk"
    verbose_name = "清单工作台"

    def ready(self) -> None:
        from .policy import choosers_without_scripts
        from .roles import ensure_roles

        choosers_without_scripts()
        post_migrate.connect(ensure_roles, sender=apps.get_app_config("wagtailcore"), dispatch_uid="desk_roles")
