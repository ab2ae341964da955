"""A township chooses among the pictures its own people have uploaded: the photos of others are not its business, in the
chooser's list as little as behind a guessed number."""

from typing import Any

from django.http import Http404
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import chooser

from .reach import organisation_of, reaches_all


def own_pictures(images: Any, user: Any) -> Any:
    if reaches_all(user, writing=True):
        return images
    organisation = organisation_of(user)
    if organisation is None:
        return images.none()
    # By key: Wagtail's search filters by the columns of the picture itself and by no others.
    return images.filter(uploaded_by_user__in=list(organisation.users.values_list("pk", flat=True)))


def _refuse_foreign(user: Any, pks: list[Any]) -> None:
    numbers = {str(pk) for pk in pks}
    if not all(number.isdecimal() and len(number) < 19 for number in numbers):
        raise Http404
    if own_pictures(get_image_model().objects.filter(pk__in=numbers), user).count() != len(numbers):
        raise Http404


class ChosenView(chooser.ImageChosenView):
    def get_object(self, pk: Any) -> Any:
        _refuse_foreign(self.request.user, [pk])
        return super().get_object(pk)


class ChosenMultipleView(chooser.ImageChosenMultipleView):
    def get_objects(self, pks: list[Any]) -> Any:
        _refuse_foreign(self.request.user, pks)
        return super().get_objects(pks)


class SelectFormatView(chooser.ImageSelectFormatView):
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_foreign(request.user, [kwargs["image_id"]])
        return super().dispatch(request, *args, **kwargs)


class PicturesAPI(ImagesAdminAPIViewSet):
    """The list of pictures that Wagtail gives to scripts of its admin."""

    def get_queryset(self) -> Any:
        return own_pictures(super().get_queryset(), self.request.user)


def limit_chooser() -> None:
    """Wagtail's image chooser is one object, made before this site is known; its views are exchanged for these."""
    chooser.viewset.chosen_view_class = ChosenView
    chooser.viewset.chosen_multiple_view_class = ChosenMultipleView
    chooser.viewset.select_format_view_class = SelectFormatView
