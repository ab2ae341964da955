from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cms.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        from . import finding, former_texts

        finding.connect()
        former_texts.connect()
