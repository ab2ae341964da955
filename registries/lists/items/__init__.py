"""The five item models, one a kind of list, on one abstract base."""

from .base import Item, ItemQuerySet
from .delegated import DelegatedItem
from .enforcement import EnforcementItem
from .power import PowerItem
from .responsibility import ResponsibilityItem
from .service import ServiceItem

__all__ = [
    "DelegatedItem",
    "EnforcementItem",
    "Item",
    "ItemQuerySet",
    "PowerItem",
    "ResponsibilityItem",
    "ServiceItem",
]
