"""The facts of an edition on its desk pages."""

import pytest
from django.template.loader import render_to_string

from registries.lists.models import Edition

NUMBER = "灵政办发〔2026〕1号"


@pytest.mark.parametrize(("title", "said"), [("示例通知", f"示例通知（{NUMBER}）"), ("", NUMBER)])
def test_a_basis_with_a_number_alone_stands_without_brackets(title: str, said: str) -> None:
    edition = Edition(number=1, basis_title=title, basis_doc_no=NUMBER)
    html = render_to_string("registry_desk/_edition_facts.html", {"edition": edition})
    assert f"<dt>依据</dt><dd>{said}</dd>" in html
