"""Forms for users: one name as Chinese names are written, and the organisation that decides what a person may edit."""

from django import forms
from wagtail.users import forms as wagtail_forms

FIELDS = {"username", "email", "full_name", "organisation", "is_superuser", "groups"}


class _PersonMixin(forms.Form):
    first_name = None
    last_name = None
    full_name = forms.CharField(label="姓名", max_length=40)


class UserCreationForm(_PersonMixin, wagtail_forms.UserCreationForm):
    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = FIELDS


class UserEditForm(_PersonMixin, wagtail_forms.UserEditForm):
    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = FIELDS | {"is_active"}
