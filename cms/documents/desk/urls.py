from django.urls import path

from .comparing import ComparisonView
from .former_texts import FormerTextsView
from .publishing import PublishView
from .views import NewDocumentView

app_name = "documents_desk"

urlpatterns = [
    path("wenjian/xinjian/", NewDocumentView.as_view(), name="new"),
    path("wenjian/<int:pk>/duizhao/", ComparisonView.as_view(), name="comparison"),
    path("wenjian/<int:pk>/kanwu/", FormerTextsView.as_view(), name="former_texts"),
    path("wenjian/<int:pk>/fabu/", PublishView.as_view(), name="publish"),
]
