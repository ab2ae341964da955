"""Legal citations taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.lists.citations import parse_citation
from tests.shared import read_shared_json, requires_shared

LAWS = st.text("甲乙丙法条例 办", min_size=1, max_size=12)
PIECES = st.sampled_from(list("《》（）()第条款项号：、一二三百甲法例 〔〕0123456789之附件年修正\n"))


@pytest.mark.parametrize(
    ("text", "law_name", "doc_no", "article", "clause"),
    [
        ("《土地管理法》第六十二条", "土地管理法", "", "第六十二条", ""),
        ("《土地管理法》第十四条第二款第（三）项", "土地管理法", "", "第十四条第二款第（三）项", ""),
        ("《甲法》第七十四条、第七十五条、第七十八条", "甲法", "", "第七十四条、第七十五条、第七十八条", ""),
        (
            "《城市道路管理条例》第二十七条第（一）项、第四十二条：擅自占用城市道路的，责令限期改正",
            "城市道路管理条例",
            "",
            "第二十七条第（一）项、第四十二条",
            "擅自占用城市道路的，责令限期改正",
        ),
        (
            "《农业农村部 自然资源部关于…的通知》（农经发〔2019〕6号）",
            "农业农村部 自然资源部关于…的通知",
            "农经发〔2019〕6号",
            "",
            "",
        ),
        ("《某决定》（国务院令第412号）附件第101项", "某决定", "国务院令第412号", "附件第101项", ""),
        ("《国务院关于《甲规划》的批复》（国函〔2001〕3号）", "国务院关于《甲规划》的批复", "国函〔2001〕3号", "", ""),
        ("《禁牧封育条例》：违反规定放牧的，责令改正", "禁牧封育条例", "", "", "违反规定放牧的，责令改正"),
        ("中华人民共和国土地管理法第十四条", "中华人民共和国土地管理法", "", "第十四条", ""),
        ("《乙法》第二十条之一", "乙法", "", "第二十条之一", ""),
        ("按照上级规定", "", "", "", "按照上级规定"),
    ],
)
def test_parts_of_a_citation(text: str, law_name: str, doc_no: str, article: str, clause: str):
    citation = parse_citation(text)
    assert (citation.law_name, citation.doc_no, citation.article, citation.clause_text) == (
        law_name,
        doc_no,
        article,
        clause,
    )
    assert citation.text == text


def test_an_amendment_is_no_document_number():
    citation = parse_citation("《土地管理法》（2019年修正）第五条")
    assert (citation.amendment, citation.doc_no, citation.article) == ("2019年修正", "", "第五条")


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_is_lost(text: str):
    citation = parse_citation(text)
    assert citation.text == text
    for part in (citation.law_name, citation.doc_no, citation.article, citation.clause_text, citation.amendment):
        assert part in text


@given(LAWS, st.integers(1, 99), st.text("违反规定的，责令改正", max_size=20))
def test_what_is_put_together_is_taken_apart(law: str, number: int, clause: str):
    clause = clause.strip("，")
    citation = parse_citation(f"《{law}》第{number}条" + (f"：{clause}" if clause else ""))
    assert (citation.law_name, citation.article, citation.clause_text) == (law, f"第{number}条", clause)


@requires_shared
@pytest.mark.parametrize("kind", ["power", "delegated", "service", "enforcement", "responsibility"])
def test_every_basis_of_the_lists_names_its_law(kind: str):
    for row in read_shared_json(f"data/dev/expected/{kind}.json")["rows"]:
        for text in row["basis"]:
            citation = parse_citation(text)
            assert citation.law_name
            assert f"《{citation.law_name}》" in text
            assert ("第" not in text.partition("》")[2].partition("：")[0]) or citation.article or citation.doc_no
