from django.urls import path

from . import outside

urlpatterns = [path("<str:token>/", outside.outside_review, name="outside_review")]
