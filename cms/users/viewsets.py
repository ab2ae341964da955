"""User and role administration at the desk: every change of an account or of what a role may do is recorded."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.users.views import groups, users

from cms.audit.facts import facts_of
from cms.audit.views import RecordedCreate, RecordedDelete, RecordedEdit, log_change

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


class _RecordedGroup:
    """What a role may do with pages and collections is saved by forms of their own after the group: the entry waits for
    all of them."""

    is_saved = False

    def save_instance(self) -> Any:
        view: Any = self
        view.is_saved = True
        view.has_content_changes = True
        return view.form.save()

    def process_form(self) -> Any:
        view: Any = self
        day = timezone.localdate()
        old = Group.objects.filter(pk=view.object.pk).first()
        before = facts_of(old, day) if old else None
        with transaction.atomic():
            response = super().process_form()  # type: ignore[misc]
            if view.is_saved:
                group = Group.objects.get(pk=view.object.pk)
                log_change(group, "wagtail.edit" if old else "wagtail.create", before, facts_of(group, day))
        return response


class GroupCreateView(_RecordedGroup, groups.CreateView):
    pass


class GroupEditView(_RecordedGroup, groups.EditView):
    pass


class GroupDeleteView(RecordedDelete, groups.DeleteView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView
