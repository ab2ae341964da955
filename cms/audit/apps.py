from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cms.audit"
    label = "audit"
    verbose_name = "操作记录"

    def ready(self) -> None:
        from . import listening, remembering

        listening.connect()
        remembering.connect()
