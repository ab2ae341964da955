from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    label = "users"
    verbose_name = "用户"


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our forms."""

    user_viewset = "cms.users.viewsets.UserViewSet"
