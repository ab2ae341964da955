"""From the way a cell or a sentence writes an organisation to the organisation itself."""

import re
import unicodedata
from collections.abc import Iterable

from .areas import Area
from .enums import AreaKind
from .organisations import Organisation

_BLANKS = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]+")


def plain_name(text: str) -> str:
    """NFKC without blanks and invisible characters: `市 民政局` and `市民政局` are one name."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text or ""))


class OrganisationDirectory:
    """All organisations by every way of writing them; read once, asked for every cell.

    An exact name, full name or alias wins; else the name of the city (灵武市…) or a plain 市 before it is dropped.
    """

    def __init__(self, organisations: Iterable[Organisation] | None = None, city_names: Iterable[str] | None = None):
        organisations = Organisation.objects.all() if organisations is None else organisations
        if city_names is None:
            city_names = Area.objects.filter(kind=AreaKind.CITY).values_list("name", flat=True)
        self._by_name: dict[str, Organisation] = {}
        for organisation in organisations:
            for written in organisation.written_names:
                self._by_name.setdefault(plain_name(written), organisation)
        self._prefixes = [*map(plain_name, city_names), "市"]

    def exactly(self, text: str) -> Organisation | None:
        return self._by_name.get(plain_name(text))

    def resolve(self, text: str) -> Organisation | None:
        """The organisation this text names, or None. The text is one organisation, not a list of them."""
        name = plain_name(text)
        if name in self._by_name:
            return self._by_name[name]
        for prefix in self._prefixes:
            if name.startswith(prefix) and name.removeprefix(prefix) in self._by_name:
                return self._by_name[name.removeprefix(prefix)]
        return None

    @property
    def aliases(self) -> dict[str, str]:
        """Every way of writing → the canonical name; canonical names map to themselves."""
        return {written: organisation.name for written, organisation in self._by_name.items()}


def resolve_organisation(text: str) -> Organisation | None:
    """The organisation with this name, full name or alias, or None. For many texts keep an `OrganisationDirectory`."""
    return OrganisationDirectory().resolve(text)


def department_aliases() -> dict[str, str]:
    """`{"人社局": "人力资源和社会保障局", …}` for readers of workbooks; canonical names map to themselves."""
    aliases: dict[str, str] = {}
    for organisation in Organisation.objects.all():
        for written in organisation.written_names:
            aliases.setdefault(written, organisation.name)
    return aliases
