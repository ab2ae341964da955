from django.apps import AppConfig


class ReviewingConfig(AppConfig):
    name = "cms.reviewing"
    label = "reviewing"
    verbose_name = "复核"
