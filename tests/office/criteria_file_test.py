"""A shared file of criteria from anybody: whatever stands in any place, it is read or refused, and nothing breaks."""

import json
import math
from copy import deepcopy

import pytest

from office import criteria_file
from office.problems import OfficeError

WHOLE = {
    "format": criteria_file.FORMAT,
    "version": criteria_file.VERSION,
    "name": "Bộ tiêu chí",
    "scale": "points",
    "total_points": 100,
    "is_head_not_above": True,
    "note": "Sửa cho hợp đơn vị",
    "criteria": [
        {
            "name": "Nhiệm vụ",
            "kind": "group",
            "code": "1",
            "children": [
                {
                    "name": "Kỷ luật",
                    "kind": "quantity",
                    "code": "1.1",
                    "max_points": 30,
                    "steps": [{"start": 0, "end": 5, "points": 10}, {"start": 5, "points": 30}],
                    "minimums": {"lao_dong_tien_tien": 20},
                }
            ],
        }
    ],
    "grades": [
        {
            "name": "Tốt",
            "min_points": 70,
            "shares": {"A": 20},
            "conditions": [{"kind": "least", "criteria": ["1.1"], "value": 20, "count": 1}],
        }
    ],
    "ties": [{"kind": "criterion", "criterion": "1.1"}],
}
ODD = (
    *(None, True, -1, 1.5, 10**400, 10**12, math.nan, math.inf, -math.inf, 1e308),
    *("", " ", "\0", "\ud800", "a\nb", "x" * 6000, "²", "9" * 4000, "<script>", "{0}", "%(x)s"),
    *([], {}, [[]], [None], ["x"], {"a": 1}, {"\ud800": 1}, {"a": math.nan}, [{}], [{"name": "x"}]),
)


def iter_places(part, path=()):
    """Yield the way to every value of the file."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from iter_places(value, (*path, key))


def put(path, value):
    content = deepcopy(WHOLE)
    part = content
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return json.dumps(content).encode()


def texts_of(part):
    if isinstance(part, dict):
        return [text for pair in part.items() for value in pair for text in texts_of(value)]
    if isinstance(part, list):
        return [text for value in part for text in texts_of(value)]
    return [part] if isinstance(part, str) else []


MEASURES = {"start", "end", "target", "least_value"}  # results, not points: they may lie below 0


def figures_of(part):
    if isinstance(part, dict | list):
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        return [
            abs(figure) if name in MEASURES else figure
            for name, value in pairs
            for figure in figures_of(value)
        ]
    return [part] if isinstance(part, int | float) and not isinstance(part, bool) else []


def test_the_file_itself_is_read():
    assert criteria_file.read(json.dumps(WHOLE).encode())["name"] == "Bộ tiêu chí"


@pytest.mark.parametrize("path", [*iter_places(WHOLE)], ids=lambda path: ".".join(map(str, path)))
def test_an_odd_value_in_any_place(path):
    for value in ODD:
        try:
            found = criteria_file.read(put(path, value))
        except OfficeError:
            continue
        assert all(0 <= figure < criteria_file.LARGEST for figure in figures_of(found))
        assert all(text.encode() and "\0" not in text for text in texts_of(found) if text)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"x", b"\xff\xfe", b"[]", b"3", b"null", b'{"format":', b"{" * 100_000, b"[" * 100_000),
        *(
            b"9" * 5000,
            b'{"a":' * 50_000,
            b"\0",
            json.dumps({**WHOLE, "version": 2}).encode(),
            b" " * 2_000_001,
        ),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_no_file_at_all(data):
    with pytest.raises(OfficeError):
        criteria_file.read(data)
