from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    label = "users"
    verbose_name = "用户"


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our forms."""

    user_viewset = "cms.users.viewsets.UserViewSet"
    group_viewset = "cms.users.viewsets.GroupViewSet"

    def ready(self) -> None:
        """No portraits of desk users: they would be stored with metadata and file name, and no page shows them. And of
        themselves people are asked what they have: one name, and a mailbox if there is one."""
        from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel

        from .forms import OwnNameForm

        AvatarSettingsPanel.is_active = lambda panel: False
        NameEmailSettingsPanel.form_class = OwnNameForm
