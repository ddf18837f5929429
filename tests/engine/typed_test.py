"""Whatever is typed, sent or uploaded: a plain value, nothing, or one kind of error that says why."""

import math
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import typed

ANYTHING = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-+eE _/\u00b2\u0663\x00\r\n", max_size=40),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(),
    st.lists(st.text()),
    st.dictionaries(st.text(), st.text()),
    st.just("9" * 5000),
    st.just(object()),
)
ODD = (
    "inf",
    "nan",
    "-inf",
    "1e308",
    "1_0",
    "\u00b2",
    "9" * 5000,
    "0x10",
    "1,2,3",
    "1.2.3",
    "--1",
    "",
    "\u0663",
)


@given(ANYTHING)
@example("\ud800")
def test_every_reader_answers_or_says_why(value):
    for read in (typed.read_number, typed.read_date, typed.read_id, typed.read_search):
        _answers(read, value)
    for read in (typed.read_text, typed.read_line):
        _answers(read, value, 4000)


def _answers(read, value, *limits):
    try:
        found = read(value, *limits)
    except typed.Mistyped as error:
        assert error.code and len(error.shown) <= 40
        return
    if isinstance(found, float):
        assert math.isfinite(found)
    if isinstance(found, str):
        found.encode()  # no half of a letter
        assert "\x00" not in found
        assert "\r" not in found


@pytest.mark.parametrize("text", [text for text in ODD if text])
def test_odd_numbers_are_refused(text):
    with pytest.raises(typed.Mistyped):
        typed.read_number(text)


@pytest.mark.parametrize("text", ODD)
def test_odd_ids_are_none(text):
    assert typed.read_id(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("7,555", 7.56), ("7.555", 7555), ("12.5", 12.5), ("0,005", 0.01), ("1.250.400.750,5", 1250400750.5)],
)
def test_numbers_as_written_in_viet_nam(text, number):
    assert typed.read_number(text) == number


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_reads_the_same_either_way(day):
    assert typed.read_date(day.isoformat()) == typed.read_date(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize("text", ["0000-01-01", "9999-01-01", "31/11/2026", "2026-13-01", "inf", "1"])
def test_days_that_are_none(text):
    with pytest.raises(typed.Mistyped):
        typed.read_date(text)


def test_too_long_is_said_not_cut():
    with pytest.raises(typed.Mistyped) as caught:
        typed.read_text("ạ" * 4001, 4000)
    assert (caught.value.code, caught.value.limit) == ("too_long", 4000)
    assert typed.read_text("ạ\r\n" * 2000, 4000).count("ạ") == 2000


@pytest.mark.parametrize("value", [["a"], {"a": 1}, b"a", 5, object()])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(typed.Mistyped):
        typed.read_text(value, 10)
