"""What editors teach the search: synonyms, in effect with the next query."""

from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import Synonym


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "synonyms"
    url_prefix = "tongyici"
    icon = "search"
    menu_label = "同义词"
    menu_order = 160
    add_to_admin_menu = True
    form_fields = ("term", "target", "weight", "is_directional")
    list_display = (
        "term",
        "target",
        "weight",
        BooleanColumn("is_directional", label="单向", sort_key="is_directional"),
    )
    list_filter = ("is_directional",)
    search_fields = ("term", "target")
    search_backend_name = None  # asks the database, which finds Chinese in the middle of words
    list_per_page = 50
    ordering = ("term", "-weight", "target")
    copy_view_enabled = False
    inspect_view_enabled = False
