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
        """No portraits of desk users: they would be stored with metadata and file name, and no page shows them. And no
        first and last name: Wagtail asks for both, and for a mailbox, before it takes a new password."""
        from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel

        from .forms import OwnMailboxForm

        AvatarSettingsPanel.is_active = lambda panel: False
        NameEmailSettingsPanel.form_class, NameEmailSettingsPanel.title = OwnMailboxForm, "电子邮件"
