"""Forms for users: one name as Chinese names are written, and the organisation that decides what a person may edit."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.users import forms as wagtail_forms

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


class OwnNameForm(forms.ModelForm):
    """What people say of themselves on their own account page: nothing that a clerk may not have."""

    full_name = forms.CharField(label="姓名", max_length=40)
    email = _PersonMixin.base_fields["email"]

    class Meta:
        model = get_user_model()
        fields = ["full_name", "email"]


class LoginForm(WagtailLoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"
        self.fields["username"].widget.attrs["placeholder"] = "输入用户名"
