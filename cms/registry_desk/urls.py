"""Addresses of the desk besides those of the viewsets; all stand below the desk's prefix and need access to it."""

from django.urls import path

from .views import importing, print_page, publishing, registry_views, withdrawing

app_name = "registry_desk"

urlpatterns = [
    path("qingdan/<int:pk>/", registry_views.RegistryView.as_view(), name="registry"),
    path("qingdan/<int:pk>/qicao/", registry_views.StartDraftView.as_view(), name="start_draft"),
    path("qingdan/<int:pk>/chehui/", withdrawing.WithdrawView.as_view(), name="withdraw"),
    path("qingdan/banben/<int:pk>/duizhao.pdf", registry_views.ComparisonPDFView.as_view(), name="comparison_pdf"),
    path("qingdan/banben/<int:pk>/duizhao/", registry_views.ComparisonView.as_view(), name="comparison"),
    path("qingdan/banben/<int:pk>/daoru/", importing.ImportView.as_view(), name="import"),
    path("qingdan/banben/<int:pk>/fangqi/", registry_views.DiscardView.as_view(), name="discard"),
    path("qingdan/banben/<int:pk>/fabu/", publishing.PublishView.as_view(), name="publish"),
    path("dayin/", print_page.PrintView.as_view(), name="print"),
]
