"""Addresses of the desk besides those of the viewsets; all stand below the desk's prefix and need access to it."""

from django.urls import path

from .views import (
    adopting,
    audit_views,
    completeness_views,
    importing,
    matrix,
    print_page,
    publishing,
    registry_views,
    unified,
    withdrawing,
)

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
    path("qingdan/<int:pk>/chengjie/", adopting.AdoptView.as_view(), name="adopt"),
    path("qingdan/banben/<int:pk>/chongtu/", adopting.ConflictsView.as_view(), name="conflicts"),
    path("qingdan/banben/<int:pk>/qingkuang/", adopting.StandingView.as_view(), name="standing"),
    path("qingdan/banben/<int:pk>/chengjie-yixiang/", adopting.TakeRowView.as_view(), name="take_row"),
    path("qingdan/<int:pk>/xiangzhen/jianli/", unified.EstablishView.as_view(), name="establish"),
    path("qingdan/<int:pk>/xiangzhen/chengjie/", unified.AdoptEverywhereView.as_view(), name="adopt_everywhere"),
    path("qingdan/<int:pk>/xiangzhen/chayi/", unified.DivergenceView.as_view(), name="divergence"),
    path("qingdan/<int:pk>/xiangzhen/chayi.xlsx", unified.DivergenceDownloadView.as_view(), name="divergence_download"),
    path("qingdan/wanzhengxing/", completeness_views.CompletenessView.as_view(), name="completeness"),
    path("caozuo-jilu/", audit_views.AuditView.as_view(), name="audit"),
    path("qingdan/banben/<int:pk>/juzhen/", matrix.MatrixView.as_view(), name="matrix"),
    path("dayin/", print_page.PrintView.as_view(), name="print"),
]
