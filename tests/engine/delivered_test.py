"""Figures of agencies below: whatever each of them contains already, everybody is in the sum once."""

from hypothesis import given
from hypothesis import strategies as st

from engine.delivered import get_shares

# Agencies from the top down: what one may have added lies below it.
TREES = st.integers(1, 6).flatmap(
    lambda count: st.tuples(*(st.sets(st.integers(one + 1, count), max_size=3) for one in range(count)))
)


def list_all(contained, figures):
    found = {figures}
    for below in contained[figures]:
        found |= list_all(contained, below)
    return found


@given(TREES)
def test_everybody_is_counted_once(below):
    count = len(below)
    contained = {one: {other for other in added if other < count} for one, added in enumerate(below)}
    shares = get_shares(contained)
    for figures in contained:
        assert sum(shares[one] for one in contained if figures in list_all(contained, one)) == 1
