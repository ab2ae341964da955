"""Addresses below the desk's prefix."""

from django.urls import path

from . import views

app_name = "releases"

urlpatterns = [
    path("yinfa/", views.IndexView.as_view(), name="index"),
    path("yinfa/xinjian/", views.NewView.as_view(), name="new"),
    path("yinfa/<int:pk>/", views.CheckView.as_view(), name="check"),
    path("yinfa/<int:pk>/xiugai/", views.EditView.as_view(), name="edit"),
    path("yinfa/<int:pk>/fabu/", views.ReleaseNowView.as_view(), name="now"),
    path("yinfa/<int:pk>/dingshi/", views.ScheduleView.as_view(), name="schedule"),
    path("yinfa/<int:pk>/quxiao/", views.CancelView.as_view(), name="cancel"),
    path("yinfa/<int:pk>/shanchu/", views.DiscardView.as_view(), name="discard"),
]
