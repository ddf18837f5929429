"""Numbers are compared as printed, and none is given twice or left out."""

from hypothesis import given
from hypothesis import strategies as st

from engine import numbering

NUMBERS = st.text(alphabet="0123456789aA/ ", min_size=1, max_size=8)
SYMBOLS = st.text(alphabet="QĐ-SCTqđ /", max_size=8)


@given(NUMBERS, SYMBOLS)
def test_what_is_printed_alike_is_one_number(number, symbol):
    kept = numbering.clean(number)
    assert numbering.clean(kept) == kept
    for spelling in (f" {number}", f"{number}\t", f"{kept}"):
        assert numbering.printed(spelling, symbol) == numbering.printed(number, symbol)
        assert numbering.key("k", 2026, spelling, symbol) == numbering.key("k", 2026, number, symbol)


@given(st.integers(1, 10**6), st.integers(0, 4))
def test_zeros_before_a_number_make_no_other_number(number, zeros):
    spelling = "0" * zeros + str(number)
    assert numbering.key("k", 2026, spelling) == numbering.key("k", 2026, str(number))
    assert numbering.printed(spelling) == f"{number:02d}"


@given(st.integers(1, 999), st.integers(1, 999), SYMBOLS, SYMBOLS)
def test_what_is_printed_otherwise_is_another_number(one, two, first, second):
    same = numbering.printed(str(one), first).upper() == numbering.printed(str(two), second).upper()
    assert (numbering.key("k", 2026, str(one), first) == numbering.key("k", 2026, str(two), second)) == same


@given(NUMBERS, SYMBOLS)
def test_a_symbol_typed_behind_the_number_makes_no_other_number(number, symbol):
    whole = numbering.printed(number, symbol)
    assert numbering.key("k", 2026, whole) == numbering.key("k", 2026, number, symbol)


@given(st.integers(0, 50), st.integers(0, 30), st.sets(st.integers(1, 100)))
def test_next_numbers_are_the_smallest_free_ones(last, count, taken):
    given_out = numbering.next_free(last, count, lambda numbers: taken & set(numbers))
    free = (number for number in range(last + 1, 1000) if number not in taken)
    assert given_out == [next(free) for _index in range(count)]
