from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class RegistryDeskConfig(AppConfig):
    name = "cms.registry_desk"
    label = "registry_desk"
    verbose_name = "清单工作台"

    def ready(self) -> None:
        from registries.lists.publication import edition_published

        from .policy import choosers_without_scripts
        from .roles import ensure_roles
        from .unfinished import forget_published

        choosers_without_scripts()
        post_migrate.connect(ensure_roles, sender=apps.get_app_config("wagtailcore"), dispatch_uid="desk_roles")
        edition_published.connect(forget_published, dispatch_uid="desk_unfinished_forms")
