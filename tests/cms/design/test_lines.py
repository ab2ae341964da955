from cms.core.templatetags.lines import keep_brackets, keep_times
from cms.core.templatetags.telephones import dialled


def kept(html):
    return [part.partition("</span>")[0] for part in html.split('<span class="nowrap">')[1:]]


def test_a_span_of_hours_and_a_number_of_working_days_stay_on_one_line_each():
    assert kept(keep_times("工作日9:00—17:00；")) == ["工作日", "9:00—17:00；"]
    assert kept(keep_times("20个工作日内办结")) == ["20个工作日"]
    assert kept(keep_times("即时办结（15分钟内）")) == []


def test_text_is_escaped_and_otherwise_left():
    assert keep_times("<b>9:00") == "&lt;b&gt;9:00"


def test_a_short_word_in_brackets_is_not_broken():
    title = "乡镇（街道）办法（试行）（2021年修订版本）"
    assert keep_brackets(title) == (
        '乡镇<span class="nowrap">（街道）</span>办法<span class="nowrap">（试行）</span>（2021年修订版本）'
    )
    assert keep_brackets("（<b>）&（&）") == "（&lt;b&gt;）&amp;（&amp;）"


def test_numbers_in_a_text_can_be_dialled():
    assert dialled("0951-000-0101") == '<a class="phone" href="tel:0951-000-0101">0951-000-0101</a>'
    assert dialled("12345或<b>110").count("tel:") == 2
    assert "&lt;b&gt;" in dialled("12345或<b>110")
    assert dialled("编号20210401123") == "编号20210401123"
