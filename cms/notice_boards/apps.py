from django.apps import AppConfig


class NoticeBoardsConfig(AppConfig):
    name = "cms.notice_boards"
    label = "notice_boards"
    verbose_name = "公示牌"
