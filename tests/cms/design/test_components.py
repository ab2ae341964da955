"""What every public template keeps to: the strict content policy, known icons, its own documentation."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from cms.core.gallery import gallery_context

SITE = settings.BASE_DIR / "site"
COMPONENTS = sorted((SITE / "templates" / "components").glob("*.html"))
STYLES = sorted((SITE / "static" / "css").glob("*.css"))
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (SITE / "static" / "icons.svg").read_text(encoding="utf-8")))
OWN_PAGES = [SITE / "templates" / "base.html", *COMPONENTS, *sorted((SITE / "templates").glob("*.html"))]

names = pytest.mark.parametrize("template", OWN_PAGES, ids=lambda path: path.stem)


@names
def test_nothing_inline_that_the_content_policy_forbids(template: Path):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", text)


@pytest.mark.parametrize(
    "template", [path for path in COMPONENTS if path.stem != "gallery"], ids=lambda path: path.stem
)
def test_a_component_says_what_it_takes_and_is_listed_and_shown(template: Path):
    text = template.read_text(encoding="utf-8")
    assert text.startswith("{% comment %}")
    assert "ontext" in text.split("{% endcomment %}")[0]
    assert f"`{template.stem}`" in (settings.BASE_DIR / "docs/reference/design-system.md").read_text(encoding="utf-8")


@names
def test_icons_named_in_templates_exist(template: Path):
    used = re.findall(
        r"#([a-z][\w-]*)\"/>", re.sub(r"#\{\{.*?\}\}|#\{%.*?%\}", "#", template.read_text(encoding="utf-8"))
    )
    assert set(used) <= ICONS


def test_every_icon_of_the_rendered_gallery_exists(rf):
    html = render_to_string("components/gallery.html", gallery_context(), request=None)
    used = set(re.findall(r"icons\.svg#([\w-]*)", html))
    assert len(used) > 20
    assert used <= ICONS


def test_the_gallery_has_one_of_each_id():
    html = render_to_string("components/gallery.html", gallery_context())
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_styles_ask_no_other_site_and_name_no_colour_of_their_own():
    for sheet in STYLES:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        assert "http" not in text.replace('[href^="http"]', ""), sheet.name
        assert "@import" not in text, sheet.name
        if sheet.name not in {"print.css"}:
            colours = set(re.findall(r"#[0-9a-f]{3,8}\b", text))
            assert colours <= {"#ffffff", "#1d2426"}, (
                f"{sheet.name}: {colours}"
            )  # the QR code: dark on white in every mode


def test_every_token_used_is_defined():
    defined = set(re.findall(r"(--[\w-]+)\s*:", (SITE / "static" / "tokens.css").read_text(encoding="utf-8")))
    for sheet in STYLES:
        assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8"))) <= defined, sheet.name


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_no_context(code):
    html = render_to_string(f"{code}.html")
    assert "<h1>" in html
    assert 'lang="zh-Hans"' in html
    assert "noindex" in html


def test_the_page_for_a_broken_server_uses_no_tags():
    assert "{{" not in (text := (SITE / "templates" / "500.html").read_text(encoding="utf-8"))
    assert set(re.findall(r"\{%\s*(\w+)", text)) == {"comment", "endcomment"}


def test_a_material_that_need_not_be_brought_comes_first():
    html = render_to_string(
        "components/materials_table.html",
        {"required_materials": [{"name": "申请书"}], "exempt_materials": [{"name": "身份证", "exemption": "在线查询"}]},
    )
    assert html.index("身份证") < html.index("申请书")
    assert "免交：在线查询" in html


def test_text_from_editors_is_escaped():
    html = render_to_string("components/matter_card.html", {"matter": {"name": "<b>低保</b>", "url": "/x/?a=1&b=2"}})
    assert "&lt;b&gt;低保" in html
    assert "a=1&amp;b=2" in html


def test_a_state_is_a_word_and_an_icon():
    html = render_to_string("components/state.html", {"state": {"level": "stop", "label": "已取消"}})
    assert "已取消" in html
    assert "icons.svg#stop" in html


def test_two_articles_of_one_number_make_no_two_landmarks_of_one_name():
    changes = [{"kind": "added", "label": "第四条"}, {"kind": "removed", "label": "第四条"}]
    html = render_to_string("components/article_comparison.html", {"changes": changes, "new_url": ""})
    assert html.count("<h3>第四条</h3>") == 2
    assert html.count('aria-label="第四条"') < 2
