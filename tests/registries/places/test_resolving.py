"""From the way a cell writes an organisation to the organisation."""

import pytest
from django.core.exceptions import ValidationError

from registries.places.resolving import OrganisationDirectory, department_aliases, resolve_organisation
from tests.factories import OrganisationFactory, the_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    the_city()
    OrganisationFactory(name="市场监督管理局", aliases=["市场监管局"])
    return OrganisationFactory(
        name="人力资源和社会保障局", full_name="灵武市人力资源和社会保障局", aliases=["人社局", "社保（就业）局"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "人力资源和社会保障局",
        "灵武市人力资源和社会保障局",
        "人社局",
        "市人社局",
        "灵武市人社局",
        " 人社 局\n",
        "社保(就业)局",
        "人\u200b社局",
    ],
)
def test_every_way_of_writing_it(bureau, text):
    assert resolve_organisation(text) == bureau


@pytest.mark.parametrize("text", ["", "社局", "人社局、民政局", "银川市人社局", "市"])
def test_what_is_not_it(bureau, text):
    assert resolve_organisation(text) is None


def test_a_name_that_begins_with_the_word_for_city(bureau):
    assert resolve_organisation("市场监管局").name == "市场监督管理局"
    assert resolve_organisation("市市场监管局").name == "市场监督管理局"


def test_aliases_for_readers_of_workbooks(bureau):
    aliases = department_aliases()
    assert aliases["人社局"] == aliases["人力资源和社会保障局"] == "人力资源和社会保障局"


def test_many_texts_cost_two_queries(bureau, django_assert_num_queries):
    with django_assert_num_queries(2):  # organisations, names of the city
        directory = OrganisationDirectory()
        assert [directory.resolve(text) for text in ("人社局", "市人社局", "无")] == [bureau, bureau, None]


def test_one_writing_does_not_mean_two_organisations(bureau):
    other = OrganisationFactory.build(name="就业局", aliases=["人社局"])
    with pytest.raises(ValidationError, match=r"“人社局”已经指“人力资源和社会保障局”"):
        other.clean()
    bureau.full_clean()  # its own names are no conflict


def test_a_township_body_has_its_township():
    with pytest.raises(ValidationError, match="须选择所在的乡镇"):
        OrganisationFactory.build(township=True, area=None, name="无").clean()
