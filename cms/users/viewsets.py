"""User and role administration at the desk: every change of an account or of what a role may do is recorded."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from wagtail.users.views import groups, users

from cms.audit.views import RecordedCreate, RecordedDelete, RecordedEdit

from .forms import UserCreationForm, UserEditForm


class UserCreateView(RecordedCreate, users.CreateView):
    pass


class UserEditView(RecordedEdit, users.EditView):
    def save_instance(self) -> Any:
        instance = super().save_instance()
        if instance == self.request.user and "password1" in self.form.changed_data:
            update_session_auth_hash(self.request, instance)  # else the person would be logged out
        return instance


class UserDeleteView(RecordedDelete, users.DeleteView):
    pass


class UserViewSet(users.UserViewSet):
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView

    def get_form_class(self, for_update: bool = False) -> Any:
        return UserEditForm if for_update else UserCreationForm


class GroupCreateView(RecordedCreate, groups.CreateView):
    pass


class GroupEditView(RecordedEdit, groups.EditView):
    pass


class GroupDeleteView(RecordedDelete, groups.DeleteView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView
