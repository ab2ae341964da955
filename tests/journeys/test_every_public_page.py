"""Every public page in every state, read as text: what holds for all of them. `make judge` asks outside judges too."""

import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests import demo_site as demo
from tests.judges.addresses import EMPTY_PAGES, PAGES, PublicPage

pytestmark = pytest.mark.journey

#: These say what they are for in another way.
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


@pytest.fixture(scope="module")
def used(_built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[demo.DemoSite]:
    var = demo.copied(_built_demo, tmp_path_factory.mktemp("used"))
    demo.DemoSite("", var).run_module("tests.judges.states")
    with demo.served(var, "tests.judges.settings") as site:
        yield site


@pytest.fixture(scope="module")
def first_day(_built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[demo.DemoSite]:
    var = tmp_path_factory.mktemp("first-day")
    (var / "static").symlink_to(_built_demo / "static")
    demo.DemoSite("", var).run_module("tests.judges.states", "empty")
    with demo.served(var, "tests.judges.settings") as site:
        yield site


def read(site: demo.DemoSite, page: PublicPage) -> BeautifulSoup:
    try:
        address = site.url(urllib.parse.quote(page.address, safe=":/?&=%@-_."))
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    assert status == page.status, page.address
    return BeautifulSoup(body, "html.parser")


def faults_of(soup: BeautifulSoup) -> list[str]:
    faults = []
    html = soup.find("html")
    if not isinstance(html, Tag) or not html.get("lang"):
        faults.append("no language")
    if len(soup.find_all("h1")) != 1:
        faults.append(f"{len(soup.find_all('h1'))} h1")
    if not (soup.title and soup.title.get_text(strip=True)):
        faults.append("no title")
    levels = [int(heading.name[1]) for heading in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    faults += [
        f"h{after} after h{before}" for before, after in zip([0, *levels], levels, strict=False) if after > before + 1
    ]
    ids = Counter(str(each["id"]) for each in soup.find_all(id=True))
    faults += [f"id {name} {count} times" for name, count in ids.items() if count > 1]
    faults += [f"no alt: {image}" for image in soup.find_all("img") if image.get("alt") is None]
    faults += [
        f"no label: {field}" for field in soup.find_all(["input", "select", "textarea"]) if not is_labelled(soup, field)
    ]
    faults += [f"inline script: {script}" for script in soup.find_all("script") if not script.get("src")]
    faults += [f"inline style: {style}" for style in soup.find_all("style")]
    for each in soup.find_all(True):
        faults += [f"{name} on {each.name}" for name in each.attrs if name == "style" or name.startswith("on")]
        target = str(each.get("href", ""))
        if target.startswith("#") and len(target) > 1 and urllib.parse.unquote(target[1:]) not in ids:
            faults.append(f"{target} leads nowhere")
    return faults


def is_labelled(soup: BeautifulSoup, field: Tag) -> bool:
    if field.get("type") in UNLABELLED or field.get("aria-label") or field.get("aria-labelledby"):
        return True
    return (
        field.find_parent("label") is not None or soup.find("label", attrs={"for": field.get("id") or "—"}) is not None
    )


def test_the_faults_are_seen():
    wrong = (
        '<html><title>x</title><h1>a</h1><h1>b</h1><h3 id="i" style="x">c</h3><p id="i"><img><input>'
        '<script>1</script><style></style><a href="#no" onclick="x">d</a></html>'
    )
    assert len(faults_of(BeautifulSoup(wrong, "html.parser"))) == 11


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_in_use_is_well_formed(used: demo.DemoSite, page: PublicPage):
    assert faults_of(read(used, page)) == []


@pytest.mark.parametrize("page", EMPTY_PAGES, ids=lambda page: page.name)
def test_a_page_of_the_first_day_is_well_formed(first_day: demo.DemoSite, page: PublicPage):
    assert faults_of(read(first_day, page)) == []


#: 政府网站发展指引: what every page, every column and every article must state of itself.
OF_SITE = {"SiteName", "SiteDomain", "SiteIDCode", "og:title", "og:site_name", "og:url", "og:type"}
OF_COLUMN = {"ColumnName", "ColumnKeywords", "ColumnType"}
OF_ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}


@pytest.mark.parametrize("page", [page for page in PAGES if page.status == 200], ids=lambda page: page.name)
def test_a_page_states_what_a_government_page_must(used: demo.DemoSite, page: PublicPage):
    stated = {
        str(tag.get("name") or tag.get("property")): str(tag.get("content"))
        for tag in read(used, page).find_all("meta")
    }
    assert set(stated) >= OF_SITE
    for required in (OF_COLUMN, OF_ARTICLE):
        assert required <= set(stated) or not required & set(stated)
    assert all(stated[name].strip() for name in stated.keys() & (OF_SITE | OF_COLUMN | OF_ARTICLE))


def test_every_title_is_its_own(used: demo.DemoSite):
    titles = Counter(str(read(used, page).title) for page in PAGES if not page.shares_title)
    assert [title for title, count in titles.items() if count > 1] == []


def test_what_a_page_of_the_first_day_links_to_exists(first_day: demo.DemoSite):
    """An empty site must not lead its first visitors to missing pages."""
    addresses = {
        str(link["href"])
        for page in EMPTY_PAGES
        for link in read(first_day, page).find_all("a", href=True)
        if str(link["href"]).startswith("/") and not str(link["href"]).startswith("/xianshi/")
    }
    for address in sorted(addresses):
        read(first_day, PublicPage(address, urllib.parse.unquote(address)))
