from typing import Any

from django.db import models

from .. import blocks, enums
from ..rows import RowsField
from .base import Charted, Item


class ResponsibilityItem(Charted, Item):
    """“属地管理”事项主体责任和配合责任清单的一项 (domain §1.5): parties with a role, in either direction."""

    category = models.CharField("类别", max_length=60, blank=True)
    parties = RowsField(blocks.PartyBlock(), verbose_name="责任方")

    class Meta(Item.Meta):
        verbose_name = verbose_name_plural = "属地管理事项"

    def parties_with(self, role: enums.PartyRole) -> list[dict[str, Any]]:
        """`[{"organisation", "role", "duties": [text]}]` of this role, in order."""
        return [party for party in self.rows("parties") if party["role"] == role]

    @property
    def lead_count(self) -> int:
        """How many parties lead: those marked 牵头; a single main party leads without a mark."""
        return sum(bool(party.get("is_lead")) for party in self.leads) or (
            len(self.leads) if len(self.leads) == 1 else 0
        )

    @property
    def leads(self) -> list[dict[str, Any]]:
        return self.parties_with(enums.PartyRole.LEAD)

    @property
    def assistants(self) -> list[dict[str, Any]]:
        return self.parties_with(enums.PartyRole.ASSIST)
