"""Forms for users: one name as Chinese names are written, and the organisation that decides what a person may edit."""

from typing import Any

from django import forms
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.users import forms as wagtail_forms

from .models import User

FIELDS = {"username", "email", "full_name", "organisation", "is_superuser", "groups"}


class _PersonMixin(forms.Form):
    first_name = None
    last_name = None
    full_name = forms.CharField(label="姓名", max_length=40)
    # Many clerks have no mailbox of their own, and a borrowed one would receive their new passwords.
    email = forms.EmailField(label="电子邮件", required=False, help_text="忘记密码时用它重设；没有就留空。")


class UserCreationForm(_PersonMixin, wagtail_forms.UserCreationForm):
    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = FIELDS


class UserEditForm(_PersonMixin, wagtail_forms.UserEditForm):
    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = FIELDS | {"is_active"}


class LoginForm(WagtailLoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"
        self.fields["username"].widget.attrs["placeholder"] = "输入用户名"


class OwnMailboxForm(forms.ModelForm):
    """What people change of their own account besides the password. The name signs acts in the log: administrators set it."""

    email = forms.EmailField(
        label="电子邮件", required=False, help_text="接收审核和复核的提醒，忘记密码时用它重设；没有就留空。"
    )

    class Meta:
        model = User
        fields = ("email",)
