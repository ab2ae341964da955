"""Anchors read off a page's blocks are the anchors recognition gives."""

import pytest
from wagtail.blocks import StreamValue

from cms.documents.addresses import address_body
from cms.documents.blocks import PolicyBody
from cms.documents.drafting import body_blocks
from cms.documents.recognition import recognise, split_notice
from cms.documents.recognition.textual import squeeze
from tests.shared import requires_shared, shared_path

from .test_recognition import MEASURES, PLAN, STANDARD


def body_of(document) -> StreamValue:
    return PolicyBody().normalize(body_blocks(document))


def anchors_of(body):
    found = []
    for block in address_body(body):
        found += [block.anchor, *(line.anchor for line in (*block.lines, *block.items))]
    return [anchor for anchor in found if anchor]


@pytest.mark.parametrize("text", [MEASURES, PLAN, STANDARD], ids=["measures", "plan", "standard"])
def test_blocks_and_recognition_agree(text):
    document = recognise(text)
    assert anchors_of(body_of(document)) == [node.anchor for node in document.walk() if node.anchor]


@requires_shared
@pytest.mark.parametrize("place", range(4))
def test_blocks_and_recognition_agree_on_the_notice(place):
    document = split_notice(shared_path("seed/notice-2021-20.txt").read_text(encoding="utf-8")).enclosed[place]
    assert anchors_of(body_of(document)) == [node.anchor for node in document.walk() if node.anchor]


def test_what_an_editor_types_is_understood():
    body = PolicyBody().normalize(
        [
            ("chapter", {"number": "第1章", "text": "总则"}),
            ("article", {"number": "二十一", "text": "甲。", "items": [{"number": "1", "text": "乙。"}]}),
            ("task", {"number": "3", "heading": "丙", "text": "（1）丁。\n戊。"}),
            ("paragraph", "己。"),
        ]
    )
    assert anchors_of(body) == ["第一章", "第二十一条", "第二十一条-一", "任务-3", "任务-3-1"]


def test_every_word_of_the_body_is_in_the_blocks():
    document = recognise(PLAN)
    words = squeeze(str([value for _, value in body_blocks(document)]))
    for node in document.walk():
        for part in filter(None, (squeeze(node.heading.split("（")[0]), squeeze(node.body).split("\n")[0])):
            assert part in words
