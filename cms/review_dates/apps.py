from django.apps import AppConfig


class ReviewDatesConfig(AppConfig):
    name = "cms.review_dates"
    label = "review_dates"
    verbose_name = "复核日期"
