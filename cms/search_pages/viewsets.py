"""What editors teach the search: synonyms and recommendations, in effect with the next query."""

from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.audit.views import RecordedCreate, RecordedDelete, RecordedEdit
from search.models import BestBet, SearchDocument, Synonym

from .offering import OfferingInput, offered_documents, offered_names

#: In the address of a form that was opened from the queue: after saving, back there.
FROM_QUEUE = "duilie"


class FromQueue:
    """A form for a new word that may be opened from a row of the queue: filled in with it, and leading back."""

    filled_field = ""

    def get_initial_form_instance(self) -> Any:
        instance = super().get_initial_form_instance() or self.model()  # type: ignore[misc,attr-defined]
        setattr(instance, self.filled_field, self.request.GET.get("ci", "")[:60])  # type: ignore[attr-defined]
        return instance

    def get_success_url(self) -> str:
        if FROM_QUEUE in self.request.GET:  # type: ignore[attr-defined]
            return f"{reverse('search_queue')}?{self.request.GET[FROM_QUEUE]}"  # type: ignore[attr-defined]
        return str(super().get_success_url())  # type: ignore[misc]

    def get_add_url(self) -> str:
        return self.request.get_full_path()  # type: ignore[attr-defined]


class SynonymForm(WagtailAdminModelForm):
    class Meta:
        widgets = {"target": OfferingInput(offered_names)}


class SynonymCreateView(FromQueue, RecordedCreate, generic.CreateView):
    filled_field = "term"


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

    def get_form_class(self, for_update: bool = False) -> Any:
        return forms.modelform_factory(Synonym, form=SynonymForm, fields=self.form_fields)


class BestBetForm(WagtailAdminModelForm):
    class Meta:
        widgets = {"address": OfferingInput(offered_documents)}

    def clean_address(self) -> str:
        """The address of a public document; its name will do where only one bears it."""
        given = self.cleaned_data["address"].strip()
        public = SearchDocument.objects.as_of(timezone.localdate()).filter(is_revoked=False)
        if public.filter(address=given).exists():
            return given
        addresses = list(public.filter(title=given).values_list("address", flat=True).distinct()[:2])
        if len(addresses) == 1:
            return addresses[0]
        if addresses:
            raise forms.ValidationError(f"叫“{given}”的内容不止一条，请从列表里选，或者填它的网址。")
        raise forms.ValidationError(
            f"公开的内容里没有“{given}”。请输入几个字后从列表里选，或者填网址，例如 /banshi/…/。"
        )


class BestBetCreateView(FromQueue, RecordedCreate, generic.CreateView):
    filled_field = "query"


class BestBetEditView(RecordedEdit, generic.EditView):
    pass


class BestBetDeleteView(RecordedDelete, generic.DeleteView):
    pass


class BestBetIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        """With the name of what stands at each address today."""
        public = SearchDocument.objects.as_of(timezone.localdate()).filter(is_revoked=False)
        name = public.filter(address=OuterRef("address")).order_by("pk").values("title")[:1]
        return super().get_base_queryset().annotate(recommended=Subquery(name))


def _recommended(bet: Any) -> str:
    return bet.recommended or "现在没有公开的内容，不显示"


class BestBetViewSet(ModelViewSet):
    model = BestBet
    index_view_class = BestBetIndexView
    add_view_class = BestBetCreateView
    edit_view_class = BestBetEditView
    delete_view_class = BestBetDeleteView
    name = "best_bets"
    url_prefix = "tuijian"
    icon = "pick"
    menu_label = "推荐结果"
    form_fields = ("query", "address", "position")
    list_display = ("query", Column("recommended", label="推荐的内容", accessor=_recommended), "address", "position")
    search_fields = ("query", "address")
    search_backend_name = None
    list_per_page = 50
    ordering = ("query", "position")
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return forms.modelform_factory(BestBet, form=BestBetForm, fields=self.form_fields)
