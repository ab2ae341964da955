"""Things of the record for tests: `from tests.factories import AreaFactory, EditionFactory`.

Every factory makes something valid; traits are named in its docstring.
"""

from .lists import (
    DelegatedItemFactory,
    EditionFactory,
    EnforcementItemFactory,
    PowerItemFactory,
    RegistryFactory,
    ResponsibilityItemFactory,
    ServiceItemFactory,
    item_factory,
)
from .people import GridAssignmentFactory, GridWorkerFactory, PhotoFactory
from .places import (
    AgencyPointFactory,
    AreaFactory,
    GridFactory,
    OrganisationFactory,
    ServiceCentreFactory,
    the_city,
)
from .users import UserFactory

__all__ = [
    "AgencyPointFactory",
    "AreaFactory",
    "DelegatedItemFactory",
    "EditionFactory",
    "EnforcementItemFactory",
    "GridAssignmentFactory",
    "GridFactory",
    "GridWorkerFactory",
    "OrganisationFactory",
    "PhotoFactory",
    "PowerItemFactory",
    "RegistryFactory",
    "ResponsibilityItemFactory",
    "ServiceCentreFactory",
    "ServiceItemFactory",
    "UserFactory",
    "item_factory",
    "the_city",
]
