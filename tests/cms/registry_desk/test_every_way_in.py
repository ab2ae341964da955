"""Every address of the desk, tried by every role that has no business with what stands behind it: with the keys of the city's
and of another township's things, by GET and by POST. An address that is added later is tried, too.
"""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import RoutePattern, URLResolver
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, GroupPagePermission, Page, Site, Task, Workflow

from cms.audit.models import AuditEntry
from cms.core.models import CustomDocument, CustomImage, SiteIdentity
from cms.documents.models import DocumentIndexPage, FormerText, PolicyPage
from cms.home.models import HomePage
from cms.releases.models import Release
from cms.reviews.models import OutsideLink, Review, RowComment
from cms.users.models import User
from registries.lists.models import Edition, PowerItem, Registry
from registries.people.models import GridAssignment, GridWorker
from registries.places.models import AgencyPoint, Area, Grid, Organisation, ServiceCentre
from search.models import Synonym
from tests.factories import GridWorkerFactory, OrganisationFactory, PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db

#: What must be read nowhere, and by whom it may: drafts of lists are read by those who review them.
PAGE, DOCUMENT, PICTURE, RELEASE = "密稿七", "密件七", "密图七", "密批次七"
ROW, COMMENT, WORKER, MAILBOX, NOTE = "密项七", "密意见七", "密员七", "mima7@example.com", "密记录七"
SECRETS = {PAGE, DOCUMENT, PICTURE, RELEASE, ROW, COMMENT, WORKER, MAILBOX, NOTE}
REVIEWERS_READ = {ROW, COMMENT}
#: Nobody's business but one's own, or the end of the session.
OWN = {
    "wagtailadmin_logout", "wagtailadmin_login", "wagtailadmin_account", "wagtailadmin_dismissibles",
    "wagtailadmin_error_test", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
}  # fmt: skip
WITH_NAMELESS_PARAMETERS = {"wagtailadmin_pages:revisions_compare"}
OWN_BEGINNINGS = ("wagtailadmin_password_reset", "wagtailadmin_editing_sessions:")
WATCHED = [
    Page, PolicyPage, FormerText, CustomDocument, CustomImage, SiteIdentity, Release, OutsideLink, Review, RowComment, User,
    Edition, PowerItem, Registry, GridAssignment, GridWorker, AgencyPoint, Area, Grid, Organisation, ServiceCentre, Synonym,
    Redirect, Collection, GroupPagePermission, Site, Workflow,
]  # fmt: skip
INTRUSION = dict.fromkeys(("name", "title", "text", "note", "reason", "comment", "recipient", "query", "slug", "full_name"), "闯入") | {
    "publish": "1", "action-publish": "1", "approve": "1", "submit": "1", "apply": "1", "show": "1", "withhold": "1",
    "number": "1", "phone": "0951-000-9999", "days": "7", "change_note": "闯入", "effective_from": "2031-01-01",
    "next_on": "2031-01-01", "quanbu": "1", "rest": "parent", "confirm": "1", "next": "/guanli/",
}  # fmt: skip


@pytest.fixture
def theirs(linhe):
    """What is none of the business of 崇兴镇, of another bureau, of a reviewer of lists."""
    home = Page.get_first_root_node().add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    SiteIdentity.for_site(site)  # which the first page of the site would make
    index = home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))
    page = PolicyPage(
        title=PAGE, slug="migao", issuers="示例局", written_on=timezone.localdate(), genre="plan", live=False,
        body=[("paragraph", PAGE)],
    )  # fmt: skip
    index.add_child(instance=page)
    revision = page.save_revision()
    owner = UserFactory(city_editor=True, email=MAILBOX)
    row = linhe.draft.items.get()
    PowerItem.objects.filter(pk=row.pk).update(name=ROW)
    RowComment.objects.create(edition=linhe.draft, code=row.code, text=COMMENT, author=owner, at=timezone.now())
    AuditEntry.objects.create(at=timezone.now(), action="audit.download", about_name=NOTE)
    return SimpleNamespace(
        page=page,
        revision=revision,
        index=index,
        user=owner,
        row=row,
        document=CustomDocument.objects.create(title=DOCUMENT, file=ContentFile(b"%PDF-1.4 %%EOF", "a.pdf")),
        picture=PhotoFactory(title=PICTURE, uploaded_by_user=owner),
        release=Release.objects.create(
            title=RELEASE, doc_no="灵政办发〔2022〕7号", effective_on=timezone.localdate(), created_by=owner
        ),
        worker=GridWorkerFactory(name=WORKER, created_for=linhe.area),
        synonym=Synonym.objects.first(),
    )


@pytest.fixture
def bureau():
    client = Client()
    organisation = OrganisationFactory(name="示例别的局")
    client.force_login(UserFactory(department_editor=True, organisation=organisation))
    return client


def ways_in():
    """(name, its parameters) of every address of the desk."""

    def walk(patterns, names, parameters, at):
        for each in patterns:
            pattern = each.pattern
            found = list(
                pattern.converters if isinstance(pattern, RoutePattern) else re.compile(str(pattern)).groupindex
            )
            path = at + str(pattern)
            if isinstance(each, URLResolver):
                below = [*names, each.namespace] if each.namespace else names
                yield from walk(each.url_patterns, below, parameters + found, path)
            elif path.startswith("guanli/") and each.name:
                yield ":".join([*names, each.name]), parameters + found

    return sorted(
        (name, parameters)
        for name, parameters in walk(get_resolver().url_patterns, [], [], "")
        if name not in OWN and not name.startswith(OWN_BEGINNINGS)
    )


def key_for(name, parameter, theirs, linhe):
    """The key of one of their things, as this address takes it."""
    area, _, view = name.partition(":")
    if parameter in ("page_id", "parent_page_id", "pk") and area.startswith("wagtailadmin_"):
        return theirs.page.pk
    by_area = {
        "registry_desk": linhe.registry.pk
        if view in {"registry", "start_draft", "withdraw", "adopt", "establish", "adopt_everywhere", "divergence", "divergence_download"}
        else linhe.draft.pk,
        "registry": linhe.registry.pk, "area": linhe.area.pk, "organisation": linhe.organisation.pk,
        "servicecentre": linhe.centre.pk, "agencypoint": linhe.point.pk, "grid": linhe.grid.pk,
        "gridworker": theirs.worker.pk, "gridassignment": linhe.assignment.pk, "reviews": linhe.draft.pk,
        "releases": theirs.release.pk, "documents_desk": theirs.page.pk, "review_dates": linhe.registry.pk,
        "area_chooser": linhe.area.pk, "grid_chooser": linhe.grid.pk, "organisation_chooser": linhe.organisation.pk,
        "worker_chooser": theirs.worker.pk, "wagtaildocs": theirs.document.pk, "wagtailimages": theirs.picture.pk,
        "wagtaildocs_chooser": theirs.document.pk, "wagtailimages_chooser": theirs.picture.pk,
        "wagtailusers_users": theirs.user.pk, "synonyms": theirs.synonym.pk if theirs.synonym else 1,
    }  # fmt: skip
    by_parameter = {
        "edition": linhe.draft.pk, "row": theirs.row.pk, "revision_id": theirs.revision.pk,
        "revision_id_a": theirs.revision.pk, "revision_id_b": "latest", "app_label": "documents",
        "model_name": "policypage", "content_type_app_name": "documents", "content_type_model_name": "policypage",
        "action": "delete", "action_name": "approve", "kind": "qingdan", "filter_spec": "width-100",
        "image_id": theirs.picture.pk, "document_id": theirs.document.pk, "app_name": "core", "type": "page",
        "file_id": 1, "task_state_id": 1, "workflow_state_id": 1, "object_id": theirs.page.pk,
    }  # fmt: skip
    if area == "wagtailsettings":
        return {"app_name": "core", "model_name": "siteidentity", "pk": Site.objects.get().pk}[parameter]
    if area.startswith("rows_"):
        return {"edition": linhe.draft.pk}.get(parameter, theirs.row.pk)
    return by_parameter.get(parameter, by_area.get(area, theirs.page.pk))


def state_of(models):
    return {model: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("role", ["township", "printer", "reviewer", "homeless", "bureau", "stranger"])
def test_nothing_of_theirs_is_read_or_changed_by_any_address(role, request, people, theirs, linhe):
    people = SimpleNamespace(**vars(people), stranger=Client())
    person = request.getfixturevalue("bureau") if role == "bureau" else getattr(people, role)
    person.raise_request_exception = False  # a fault of the server is reported with all the others
    hidden = SECRETS - (REVIEWERS_READ if role in ("reviewer", "bureau") else set())
    before, faults, tried = state_of(WATCHED), [], 0
    for name, parameters in ways_in():
        given = {each: key_for(name, each, theirs, linhe) for each in parameters}
        nameless = [theirs.page.pk, theirs.revision.pk, "latest"] if name in WITH_NAMELESS_PARAMETERS else []
        address = reverse(name, args=nameless, kwargs=given)
        keys = f"?id={theirs.page.pk}&q=密&query=密&pk={theirs.worker.pk}"
        for method, data in (("get", None), ("post", INTRUSION)):
            response = getattr(person, method)(address if method == "post" else address + keys, data)
            tried += 1
            if response.status_code >= 500:
                faults.append(f"{method} {name}: {response.status_code}")
            said = b"".join(response) if response.streaming else response.content
            text = said.decode(errors="replace")
            faults += [
                f"{method} {name}: {secret}"
                for secret in hidden
                if secret in text or secret.encode("unicode_escape").decode() in text
            ]
    after = state_of(WATCHED)
    for model in WATCHED:
        if after[model] != before[model]:
            faults.append(f"changed: {model.__name__}")
    assert not faults, "\n".join(faults)
    assert tried > 600


#: What belongs to the owner of the site alone: who may work here, as whom, and by which steps.
OF_THE_OWNER = (
    "wagtailusers_",
    "wagtailsites",
    "wagtailredirects",
    "wagtailadmin_workflows:",
    "wagtailadmin_collections:",
)


def test_a_city_editor_does_not_govern_the_site(people, theirs, linhe):
    models = [User, Group, GroupPagePermission, Site, Redirect, Collection, Workflow, Task]
    before = state_of(models)
    people.city.raise_request_exception = False
    opened = []
    for name, parameters in ways_in():
        if name.startswith(OF_THE_OWNER):
            given = {each: key_for(name, each, theirs, linhe) for each in parameters}
            address = reverse(name, kwargs=given)
            if people.city.get(address).status_code not in (302, 403, 404, 405):
                opened.append(name)
            assert people.city.post(address, INTRUSION).status_code < 500, name
    assert not opened
    assert state_of(models) == before
