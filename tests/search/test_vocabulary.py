"""What typed letters and misspelled words may mean, by the names that can be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.query import Thesaurus, spelled
from search.language.respelling import respell
from search.language.sounds import syllables
from search.language.terms import runs
from search.language.vocabulary import Vocabulary

NAMES = [
    "最低生活保障对象认定",
    "高龄津贴申领",
    "残疾人证换领",
    "城乡居民基本养老保险参保登记",
    "法律援助申请",
    "女方户口迁移",
]
VOCABULARY = Vocabulary([*NAMES, "低保"])
THESAURUS = Thesaurus([("低保", "最低生活保障", 1.0)])


def understood(query: str) -> str:
    def known(terms):
        return {term for term in terms if any(term in name for name in NAMES)}

    return respell(query, THESAURUS, lambda: VOCABULARY, known).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dibao", "低保"),
        ("gaolingjintie", "高龄津贴"),
        ("canji renzheng", "残疾人证"),
        ("zdshbz", "最低生活保障"),
        ("fly z", "法律援助"),
        ("gaoljt", "高龄津贴"),
        ("di'bao", "低保"),
        ("can'ji ren'zheng", "残疾人证"),
        ("低bao", "低保"),
        ("底保", "低保"),
        ("高领津贴", "高龄津贴"),
        ("最低生活保章怎么办", "最低生活保障怎么办"),
        ("法侓援助", "法律援助"),
    ],
)
def test_sounds_and_misspellings_are_read_as_names(typed, meant):
    assert understood(typed) == meant


def test_near_sounds_count_for_misspelled_characters_and_not_for_letters():
    assert understood("律方户口") == "女方户口"
    assert understood("lvfang hukou") == "lvfang hukou"


@pytest.mark.parametrize("typed", ["低保", "养老保险 换领", "彩票", "asdfghjkl", "护照", "FW02-001", "ab12", "学生证"])
def test_what_is_known_or_like_nothing_stays_as_it_was_typed(typed):
    assert understood(typed) == typed


def test_a_known_word_is_no_stretch_of_another_name():
    vocabulary = Vocabulary(["低保", "水源地保护"])
    read = respell("dibao", THESAURUS, lambda: vocabulary, lambda terms: set())
    assert read.readings == {"低保": ["低保"]}


def test_words_side_by_side_are_read_as_words_of_one_name():
    assert understood("yl bx cb") == "养老保险参保"
    assert understood("cb yl") == "参保 养老"


@given(st.sampled_from(NAMES), st.data())
def test_every_stretch_of_a_name_is_found_by_its_initials(name, data):
    begin = data.draw(st.integers(0, len(name) - 3))
    word = name[begin : begin + 3]
    assert word in VOCABULARY.readings("".join(sound[0] for sound in syllables(name)[begin : begin + 3]), most=50)


@given(st.text(max_size=40))
def test_any_text_can_be_read(text):
    assert isinstance(understood(text), str)


@given(st.text(max_size=40) | st.text(alphabet="abh' \"低保", max_size=12))
def test_the_index_is_only_asked_about_terms(text):
    """Terms are letters, digits and characters: an engine may put them between quotation marks."""
    asked = []
    respell(spelled(text), THESAURUS, lambda: VOCABULARY, lambda terms: asked.extend(terms) or set())
    assert [term for term in asked if list(runs(term)) != [term]] == []
