from cms.core.templatetags.lines import keep_times


def test_a_span_of_hours_stays_on_one_line():
    assert keep_times("工作日9:00—17:00；") == '工作日<span class="nowrap">9:00—17:00</span>；'


def test_text_is_escaped_and_otherwise_left():
    assert keep_times("<b>9:00") == "&lt;b&gt;9:00"
