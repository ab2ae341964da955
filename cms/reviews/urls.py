"""Addresses at the desk; all stand below its prefix and need access to it."""

from django.urls import path

from . import views

app_name = "reviews"

urlpatterns = [
    path("shenhe/<int:pk>/", views.ReviewView.as_view(), name="review"),
    path("shenhe/<int:pk>/songshen/", views.SubmitView.as_view(), name="submit"),
    path("shenhe/<int:pk>/fangxing/", views.SkipView.as_view(), name="skip"),
    path("shenhe/<int:pk>/banli/", views.DecideView.as_view(), name="decide"),
    path("shenhe/<int:pk>/chehui/", views.WithdrawView.as_view(), name="withdraw"),
    path("shenhe/<int:pk>/yijian/", views.CommentView.as_view(), name="comment"),
    path("shenhe/<int:pk>/chuli/", views.ResolveView.as_view(), name="resolve"),
    path("shenhe/<int:pk>/lianjie/", views.LinkView.as_view(), name="make_link"),
    path("shenhe/<int:pk>/chexiao/", views.RevokeView.as_view(), name="revoke_link"),
]
