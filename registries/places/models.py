"""Where things happen: areas, organisations, service centres, agency points and grids."""

from .areas import Area, AreaQuerySet
from .dated import Dated, DatedQuerySet
from .grids import Grid, GridQuerySet
from .organisations import Organisation
from .service_places import AgencyPoint, ServiceCentre, ServicePlace

__all__ = [
    "AgencyPoint",
    "Area",
    "AreaQuerySet",
    "Dated",
    "DatedQuerySet",
    "Grid",
    "GridQuerySet",
    "Organisation",
    "ServiceCentre",
    "ServicePlace",
]
