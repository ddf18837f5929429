"""The ballot box: what goes in comes out counted, and nothing else can be learned from an envelope."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import ballot_box as box

OPTIONS = ("agree", "disagree", "blank")
CONTEXT = b"session 7"
MARKS = st.lists(st.sampled_from((*OPTIONS, None)), min_size=3, max_size=3)
ITEMS = (11, 12, 13)


def seal(marks, keys, context=CONTEXT):
    return box.seal(box.pack(marks, OPTIONS), [box.get_public(key) for key in keys], context)


@given(st.lists(MARKS, max_size=8), st.integers(1, 3))
def test_what_goes_in_comes_out_counted(ballots, number):
    keys = [box.new_key() for _ in range(number)]
    counts = box.count([seal(marks, keys) for marks in ballots], keys, CONTEXT, ITEMS, OPTIONS)
    expected = Counter(
        (item, mark) for marks in ballots for item, mark in zip(ITEMS, marks, strict=True) if mark
    )
    assert counts == expected


@given(MARKS, MARKS)
def test_all_envelopes_of_a_vote_are_equally_long_and_never_equal(first, second):
    keys = [box.new_key(), box.new_key()]
    one, two = seal(first, keys), seal(second, keys)
    assert len(one) == len(two)
    assert one != two
    assert seal(first, keys) != one


@given(MARKS, st.data())
def test_a_changed_envelope_does_not_open(marks, data):
    key = box.new_key()
    envelope = bytearray(seal(marks, [key]))
    envelope[data.draw(st.integers(0, len(envelope) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(box.BoxError):
        box.unseal(bytes(envelope), [key], CONTEXT)


@pytest.mark.parametrize("envelope", [b"", b"short", bytes(32), bytes(64)])
def test_rubbish_is_no_envelope(envelope):
    with pytest.raises(box.BoxError):
        box.unseal(envelope, [box.new_key()], CONTEXT)


def test_both_keys_are_needed_in_their_order():
    first, second = box.new_key(), box.new_key()
    envelope = seal(["agree", None, "blank"], [first, second])
    for keys in ([first], [second], [second, first], [first, box.new_key()], []):
        with pytest.raises(box.BoxError):
            box.count([envelope], keys, CONTEXT, ITEMS, OPTIONS)


def test_an_envelope_belongs_to_one_vote():
    key = box.new_key()
    with pytest.raises(box.BoxError):
        box.count([seal(["agree"] * 3, [key], b"session 8")], [key], CONTEXT, ITEMS, OPTIONS)


def test_an_envelope_copied_over_another_is_noticed():
    key = box.new_key()
    envelope = seal(["agree"] * 3, [key])
    with pytest.raises(box.BoxError, match="twice"):
        box.count([envelope, envelope], [key], CONTEXT, ITEMS, OPTIONS)


def test_a_ballot_of_another_agenda_is_refused():
    key = box.new_key()
    with pytest.raises(box.BoxError, match="agenda"):
        box.count([seal(["agree"] * 2, [key])], [key], CONTEXT, ITEMS, OPTIONS)


def test_a_mark_that_does_not_exist_is_refused():
    with pytest.raises(box.BoxError, match="no mark"):
        box.unpack(b"\x04", OPTIONS)


def test_codes_differ_and_are_read_as_typed():
    codes = {box.new_code() for _ in range(200)}
    assert len(codes) == 200
    code = codes.pop()
    assert box.key_of_code(code) == box.key_of_code(code.lower().replace("-", " "))
    assert box.key_of_code(code) != box.key_of_code(codes.pop())
    assert not set("".join(codes)) & set("ILOU")


def test_a_key_of_a_code_works_as_any_other():
    codes = [box.new_code(), box.new_code()]
    keys = [box.key_of_code(code) for code in codes]
    assert box.count([seal(["blank"] * 3, keys)], keys, CONTEXT, ITEMS, OPTIONS)[11, "blank"] == 1


def test_nothing_clear_is_in_an_envelope():
    """The message of a ballot with one repeated mark would show as a run of equal bytes."""
    key = box.new_key()
    envelope = box.seal(box.pack(["agree"] * 64, OPTIONS), [box.get_public(key)], CONTEXT)
    assert box.pack(["agree"] * 8, OPTIONS) not in envelope
