from django.urls import path

from .views import ReportView, ReviewView

app_name = "review_dates"

urlpatterns = [
    path("fuhe/", ReportView.as_view(), name="report"),
    path("fuhe/<slug:kind>/<int:pk>/", ReviewView.as_view(), name="review"),
]
