"""What editors teach the search: synonyms, in effect with the next query."""

from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.audit.views import RecordedCreate, RecordedDelete, RecordedEdit
from search.models import Synonym


class SynonymCreateView(RecordedCreate, generic.CreateView):
    pass


class SynonymEditView(RecordedEdit, generic.EditView):
    pass


class SynonymDeleteView(RecordedDelete, generic.DeleteView):
    pass


class SynonymViewSet(ModelViewSet):
    model = Synonym
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    delete_view_class = SynonymDeleteView
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
