from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cms.core.external_links import ExternalLink

urlpatterns = [
    path("", include("cms.core.urls")),
    path("qingdan/", include("cms.registry_pages.urls")),
    path("banshi/", include("cms.guides.urls")),
    re_path(r"^difang/(?P<area>\d{12})/qingdan/", include("cms.registry_pages.township_urls")),
    path("difang/", include("cms.place_pages.urls")),
    path("gongshi/", include("cms.notice_boards.urls")),
    path("sousuo/", include("cms.search_pages.urls")),
    path("huiqian/", include("cms.reviews.public_urls")),
    path("", include("cms.home.urls")),
    path("guanli/choose-external-link/", require_admin_access(ExternalLink.as_view())),
    path("guanli/", include(wagtailadmin_urls)),
    path("wendang/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]

handler400 = "cms.core.errors.bad_request"
handler403 = "cms.core.errors.permission_denied"
handler404 = "cms.core.errors.page_not_found"
handler500 = "cms.core.errors.server_error"
