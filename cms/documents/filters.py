"""Narrowing the list of documents: by words of title and number, genre and year."""

from typing import Any

import django_filters
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.http import HttpRequest

from cms.core.paging import address_with

from .enums import Genre
from .models import OfficialDocumentPage

LONGEST_WORDS = 100  # characters


class DocumentFilterSet(django_filters.FilterSet):
    """Choices that no document has are left out of the panel."""

    q = django_filters.CharFilter(method="filter_words", label="标题或文号")
    genre = django_filters.MultipleChoiceFilter(choices=Genre.choices, label="体裁")
    year = django_filters.MultipleChoiceFilter(field_name="written_on__year", label="成文年份")

    class Meta:
        model = OfficialDocumentPage
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, documents: Any) -> None:
        super().__init__(data, queryset=documents)
        plain = documents.order_by()
        genres = dict(plain.values_list("genre").annotate(n=Count("pk")))
        years = dict(plain.annotate(y=ExtractYear("written_on")).values_list("y").annotate(n=Count("pk")))
        self.counts: dict[str, dict[str, int]] = {
            "genre": genres,
            "year": {str(year): years[year] for year in sorted(years, reverse=True)},
        }
        self.labels: dict[str, dict[str, str]] = {
            "genre": {value: label for value, label in Genre.choices if value in genres},
            "year": {year: f"{year}年" for year in self.counts["year"]},
        }
        self.filters["year"].extra["choices"] = list(self.labels["year"].items())

    def filter_words(self, documents: Any, name: str, value: str) -> Any:
        for word in value.replace("\x00", " ").split()[:10]:
            documents = documents.filter(
                Q(title__icontains=word) | Q(doc_no__icontains=_as_written(word)) | Q(keywords__icontains=word)
            )
        return documents

    @property
    def documents(self) -> Any:
        """Those that pass; all when the query is nonsense."""
        return self.qs if self.form.is_valid() else self.queryset

    def facets(self, request: HttpRequest) -> dict[str, Any]:
        """components/facets.html"""
        groups = [
            {
                "label": self.filters[name].label,
                "name": name,
                "kind": "checkbox",
                "is_open": True,
                "options": [
                    {
                        "value": value,
                        "label": label,
                        "count": self.counts[name][value],
                        "is_selected": value in request.GET.getlist(name),
                    }
                    for value, label in labels.items()
                ],
            }
            for name, labels in self.labels.items()
            if labels
        ]
        words = _words(request)
        return {"action": request.path, "hidden": [{"name": "q", "value": words}] if words else [], "groups": groups}

    def applied(self, request: HttpRequest) -> list[dict[str, str]]:
        """components/applied_filters.html"""
        applied = []
        if words := _words(request):
            applied.append({"label": f"“{words[:30]}”", "remove_url": address_with(request, q=None, page=None)})
        for name, labels in self.labels.items():
            chosen = [value for value in dict.fromkeys(request.GET.getlist(name)) if value in labels]
            for value in chosen:
                rest = [other for other in chosen if other != value]
                address = address_with(request, **{name: rest or None, "page": None})
                applied.append({"label": labels[value], "remove_url": address})
        return applied


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_WORDS]


def _as_written(number: str) -> str:
    """A document number with the brackets it is kept with: 灵政办发[2021]20号 is 灵政办发〔2021〕20号."""
    return number.translate(str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕"))
