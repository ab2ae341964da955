"""One spelling, terms, questions: what the index and a query have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.highlight import excerpt, not_yet_said, segments
from search.language.normalise import aligned, normalise
from search.language.query import LONGEST_QUERY, MOST_LOOKUPS, Thesaurus, Wanted, parse_query
from search.language.questions import content_pieces
from search.language.terms import index_terms, whole_term


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\uff26\uff37０１００１", "fw01001"),  # full-width letters
        ("灵政办发〔2021〕20号", "灵政办发(2021)20号"),
        ("灵政办发[2021]20号", "灵政办发(2021)20号"),
        ("灵政办发（2021）20号", "灵政办发(2021)20号"),
        ("最低生活保障對象認定", "最低生活保障对象认定"),
        ("殘疾證", "残疾证"),
        ("低\u200b保\ufeff", "低保"),
        ("低\x00保", "低保"),
        ("  低保\u3000\n 办理 ", "低保 办理"),
        ("①", "1"),
        ("\u3000", ""),
    ],
)
def test_one_spelling(written, read):
    assert normalise(written) == read


def test_chinese_becomes_bigrams_and_other_writing_words():
    assert index_terms("残疾人证，补办 FW01-001") == ["残疾", "疾人", "人证", "证", "补办", "办", "fw01", "001"]


def test_a_phrase_never_runs_on_into_the_next_sentence():
    """最低 + 低保 side by side would make 最低保; the single last character stands between them."""
    assert index_terms("最低。低保") == ["最低", "低", "低保", "保"]


def test_a_whole_name_is_one_term_whatever_its_punctuation():
    assert whole_term("灵政办发〔2021〕20号") == whole_term("灵政办发 [2021] 20 号") != ""
    assert whole_term("，。") == ""


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("低保怎么办", ["低保"]),
        ("残疾证在哪里办理", ["残疾证"]),
        ("生育登记需要什么材料", ["生育登记"]),
        ("请问临时救助怎么申请呢", ["临时救助"]),
        ("怎么办", []),
        ("补办身份证", ["补办身份证"]),
    ],
)
def test_question_words_say_nothing_about_the_matter(asked, meant):
    assert content_pieces(asked) == meant


def test_a_query_of_question_words_only_is_taken_at_its_word():
    parsed = parse_query("怎么办", Thesaurus([]))
    assert parsed.concepts[0].phrases[0].texts[0] == "怎么办"


def test_synonyms_are_found_inside_a_query():
    thesaurus = Thesaurus([("低保", "最低生活保障", 0.9)])
    parsed = parse_query("家里没收入能吃低保吗", thesaurus)
    assert parsed.expansions == {"低保": ["最低生活保障"]}
    assert "最低生活保障" in [text for each in parsed.wanted for text in each.wholes]


def test_a_synonym_that_the_query_says_anyway_is_not_looked_up_again():
    thesaurus = Thesaurus([("养老", "城乡居民基本养老保险", 0.9)])
    assert parse_query("城乡居民基本养老保险", thesaurus).expansions == {}


def test_a_place_in_the_query_is_a_preference_and_no_condition():
    parsed = parse_query("崇兴镇 低保 怎么办", Thesaurus([], [("崇兴镇", 7)]))
    assert parsed.places == {7}
    required = [concept for concept in parsed.concepts if concept.is_required]
    assert [concept.phrases[0].texts[0] for concept in required] == ["低保"]


def test_a_place_alone_is_what_is_looked_for():
    parsed = parse_query("崇兴镇", Thesaurus([], [("崇兴镇", 7)]))
    assert parsed.concepts[0].is_required
    assert parsed.concepts[0].phrases[0].texts[0] == "崇兴镇"


def test_a_pasted_text_is_read_at_its_beginning():
    parsed = parse_query("保障" * 5000, Thesaurus([]))
    assert len(parsed.text) == LONGEST_QUERY
    assert sum(len(phrase.lookups) for _, phrase in parsed.phrases) <= MOST_LOOKUPS


def test_highlighting_survives_another_spelling():
    assert segments("申領〔低保〕的人", [Wanted(("申领",)), Wanted(("低保",))]) == [
        ("申領", True),
        ("〔", False),
        ("低保", True),
        ("〕的人", False),
    ]


def test_an_excerpt_shows_the_stretch_with_most_hits():
    text = "申请人应当如实填写。" * 30 + "共同生活的家庭成员人均收入低于当地最低生活保障标准。" + "其他。" * 50
    shown = excerpt([text], [Wanted(("最低生活保障",))])
    assert ("最低生活保障", True) in shown
    assert len("".join(piece for piece, _ in shown)) <= 92  # ninety characters and two dots


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("八十周岁以上", "80岁以上"),
        ("80周岁以上", "80岁以上"),
        ("第二十一条", "第二十一条"),
        ("二〇二一年四月一日", "2021年4月1日"),
        ("二十个工作日", "20个工作日"),
        ("五万元", "50000元"),
        ("两岁", "2岁"),
        ("万元户", "万元户"),
        ("一次办", "一次办"),
        ("三轮车", "三轮车"),
        ("五保", "五保"),
        ("2十岁", "2十岁"),
    ],
)
def test_numbers_are_read_in_digits_where_something_is_counted(written, read):
    assert normalise(written) == read


def test_numbers_are_marked_as_they_are_written():
    assert marks("满八十周岁的老人", "80岁") == ["八十"]
    assert marks("年满80周岁", "八十岁") == ["80"]


def marks(text, query, *synonyms):
    parsed = parse_query(query, Thesaurus([*synonyms, ("残疾人证", "残疾人证书", 1.0)]))
    return [piece for piece, is_hit in segments(text, parsed.wanted) if is_hit]


def test_words_are_marked_whole_where_they_stand_whole():
    assert marks("残疾人证遗失补办，残疾预防", "残疾人证") == ["残疾人证"]


def test_parts_are_marked_joined_where_no_whole_word_stands():
    assert marks("困难残疾人生活补贴", "残疾人补贴") == ["残疾人", "补贴"]


def test_synonyms_and_other_writings_are_marked():
    assert marks("最低生活保障对象认定", "低保", ("低保", "最低生活保障", 1.0)) == ["最低生活保障"]
    assert marks("殘疾人證申領", "残疾人证") == ["殘疾人證"]


def test_an_excerpt_prefers_the_stretch_with_most_different_words():
    text = "低保" * 8 + "无关的话。" * 30 + "申请低保时要带户口簿。" + "无关的话。" * 30
    shown = excerpt([text], [Wanted(("低保",)), Wanted(("户口簿",))])
    assert ("户口簿", True) in shown


def test_lines_of_a_list_are_told_as_a_sentence():
    shown = excerpt(["残疾人证\n申请表（一式两份）\n居民身份证\n符合条件的。\n另有规定的除外。"], [Wanted(("身份证",))])
    assert (
        "".join(piece for piece, _ in shown) == "残疾人证、申请表（一式两份）、居民身份证、符合条件的。另有规定的除外。"
    )


def test_beside_a_title_with_the_whole_word_its_parts_are_not_marked():
    wanted = parse_query("残疾人证", Thesaurus([("残疾人证", "残疾人证书", 1.0)])).wanted
    shown = excerpt(["残疾程度鉴定和人证相符"], not_yet_said("残疾人证申领", wanted))
    assert shown == [("残疾程度鉴定和人证相符", False)]


@given(st.text(max_size=300))
def test_any_text_keeps_its_characters_when_marked(text):
    assert "".join(piece for piece, _ in segments(text, [Wanted(("低保",), ("a",)), Wanted(("1",))])) == text


@given(st.text(max_size=300))
def test_spelling_is_stable_and_every_character_has_its_place(text):
    assert normalise(normalise(text)) == normalise(text)
    plain, places = aligned(text)
    assert len(plain) == len(places)
    assert places == sorted(places)
