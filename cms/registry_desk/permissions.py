"""Django's permissions (what a role may do) joined with the organisation's reach (to which rows)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from .reach import is_reachable, organisation_of, reachable

ANY = ("add", "change", "delete", "view")
READING = frozenset({"view"})


class ReachPolicy(ModelPermissionPolicy):
    """`user_has_permission` answers for the model, the `…_for_instance` methods and querysets for its rows."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not user.is_superuser and organisation_of(user) is None:
            return False
        return super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action) and is_reachable(instance, user, writing=action not in READING)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Rows that may be read when any action is one of reading, else rows that may be changed."""
        held = [action for action in actions if self.user_has_permission(user, action)]
        if not held:
            return self.model._default_manager.none()
        return reachable(self.model, user, writing=not READING.intersection(held))

    def readable(self, user: Any) -> QuerySet[Any]:
        """What a listing shows this person: whoever may change a row may read it."""
        if not self.user_has_any_permission(user, ANY):
            return self.model._default_manager.none()
        return reachable(self.model, user, writing=False)

    def writable(self, user: Any, action: str = "change") -> QuerySet[Any]:
        if not self.user_has_permission(user, action):
            return self.model._default_manager.none()
        return reachable(self.model, user, writing=True)
