"""A file from anybody: what the published schema says is read, and nothing else; nothing in it breaks the reader."""

import json
from copy import deepcopy

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import exchange_file, json_schema
from office.exchange_file import Envelope
from office.problems import OfficeError

SCHEMA = exchange_file.get_schema()
SUBMISSION = {
    "kind": "submission",
    "id": "a" * 32,
    "to": "0" * 16,
    "number": "01/TTr-STN",
    "date": "2026-03-01",
    "abstract": "Về việc đề nghị khen thưởng",
    "lines": [
        {
            "line": 7,
            "subject": "individual",
            "name": "Nguyễn Thị Ánh",
            "unit": "Phòng Tổng hợp",
            "birth_year": 1988,
            "sex": "female",
            "award": {"code": "BKT", "name": "Bằng khen của Chủ tịch UBND tỉnh"},
            "type": "merit",
            "period_from": "2025-01-01",
            "summary": "Dòng một\nDòng hai",
            "vote": {"passed": True, "tally": "9/10 = 90%"},
        }
    ],
}
ANSWER = {
    "kind": "answer",
    "submission": "a" * 32,
    "to": "0" * 16,
    "keys": [{"key": "A" * 43, "agency": "UBND tỉnh"}],
    "decisions": [
        {
            "number": "12/QĐ-UBND",
            "date": "2026-04-01",
            "issuer": "Chủ tịch UBND tỉnh",
            "lines": [
                {
                    "line": 7,
                    "name": "Nguyễn Thị Ánh",
                    "award": {"code": "BKT", "name": "Bằng khen"},
                    "prize": 1_404_000,
                    "certificate": {
                        "number": "0001/2026",
                        "code": "1" * 120,
                        "address": "https://tdkt.example.vn/kt/" + "1" * 120,
                    },
                }
            ],
        }
    ],
    "refused": [{"line": 8, "reason": "Chưa đủ thời gian"}],
}
DECISION = {"kind": "decision", "keys": [], "decision": ANSWER["decisions"][0]}
CONTENTS = [SUBMISSION, ANSWER, DECISION]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.sampled_from(
        ["1988", "2026-02-30", "2026-03-01\n", "a\0", " ", "javascript:alert(1)", "x" * 501, [], {}]
    ),
)


def iter_schemas(schema=SCHEMA):
    """Yield every schema in the file."""
    yield schema
    below = [*schema.get("$defs", {}).values(), *schema.get("properties", {}).values()]
    for part in [*below, schema.get("items")]:
        if part:
            yield from iter_schemas(part)


def iter_places(value, path=()):
    """Yield the path of every value within a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*path, name)
        yield from iter_places(part, (*path, name))


def put(content, path, value):
    changed = deepcopy(content)
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    return changed


def is_valid(content):
    """What the reference reader of JSON Schema says; in Python's patterns $ also stands before a last line feed."""
    exact = json.loads(json.dumps(SCHEMA).replace('$"', r'\\Z"'))
    schema = {"$defs": exact["$defs"], "$ref": f"#/$defs/{content['kind']}"}
    checker = jsonschema.FormatChecker(["date"])
    return jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid(content)


def is_read(content):
    try:
        return exchange_file.read_content(json.dumps(content)) == content
    except OfficeError:
        return False


def test_the_schema_is_one_and_uses_known_words():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for schema in iter_schemas():
        assert schema.keys() <= {*json_schema.CHECKS, *json_schema.NOT_CHECKED, "$ref"}
        assert "$ref" in schema or "type" in schema, schema
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, "what is not named is refused"
        if pattern := schema.get("pattern"):
            assert pattern[0] == "^" and pattern[-1] == "$"


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content["kind"])
def test_what_is_written_is_read(content):
    assert is_valid(content)
    assert exchange_file.read_content(exchange_file.write_content(content)) == content


@given(st.data())
def test_it_reads_what_the_reference_reader_reads(data):
    content = data.draw(st.sampled_from(CONTENTS))
    path = data.draw(st.sampled_from([path for path in iter_places(content) if path != ("kind",)]))
    changed = put(content, path, data.draw(ODD))
    # 5.0 is a whole number to JSON Schema; here it is none
    whole = json.loads(json.dumps(changed), parse_float=lambda _text: None)
    assert is_read(changed) == is_valid(whole)


@given(st.data())
def test_an_unknown_field_is_refused_wherever_it_stands(data):
    content = data.draw(st.sampled_from(CONTENTS))
    objects = [()] + [path for path in iter_places(content) if isinstance(get(content, path), dict)]
    path = data.draw(st.sampled_from(objects))
    assert not is_read(put(content, (*path, "identity"), "001088000001"))


def get(content, path):
    for name in path:
        content = content[name]
    return content


@pytest.mark.parametrize("field", ["kind", "id", "to", "number", "date", "lines"])
def test_what_must_be_there(field):
    with pytest.raises(OfficeError):
        exchange_file.read_content(
            json.dumps({name: SUBMISSION[name] for name in SUBMISSION if name != field})
        )


def enclose(**change):
    envelope = {"format": exchange_file.FORMAT, "version": 1, "agency": "Sở A", "key": "A" * 43}
    return json.dumps({**envelope, "content": "{}", "signature": "B" * 86, **change}).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_exchange"),
        (b"PK\x03\x04", "not_exchange"),
        (b"\xff\xfe", "not_exchange"),
        (b"[]", "not_exchange"),
        (b"NaN", "not_exchange"),
        (b"[" * 500_000, "not_exchange"),
        (b'{"a":' * 200_000, "not_exchange"),
        (b"9" * 10_000, "not_exchange"),
        (enclose(format="hr_emulation.criteria"), "not_exchange"),
        (enclose().replace(b'"version": 1', b'"version": 1, "version": 1'), "not_exchange"),
        (enclose(agency="\ud800"), "not_exchange"),
        (enclose(version=2), "other_exchange"),
        (enclose(version="1"), "other_exchange"),
        (enclose(version=True), "bad_exchange"),
        (enclose(key="A" * 42), "bad_exchange"),
        (enclose(more=1), "bad_exchange"),
        (enclose(content="x" * 10_000_000), "too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_file_is_refused(data, reason):
    with pytest.raises(OfficeError) as error:
        exchange_file.read(data)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        '{"kind": NaN}',
        json.dumps(put(SUBMISSION, ("lines", 0, "name"), "A\ud800")),
        "\ud800",
        "1e999",
    ],
    ids=["deep", "no number", "half a letter", "half a text", "endless"],
)
def test_no_text_breaks_the_reader(text):
    with pytest.raises(OfficeError):
        exchange_file.read_content(text)


def test_who_writes_a_text_that_is_too_long_is_told_whose_it_is():
    long = put(SUBMISSION, ("lines", 0, "summary"), "x" * 20_001)
    with pytest.raises(OfficeError) as error:
        exchange_file.write_content(long)
    assert error.value.reason == "long_exchange"
    assert error.value.values == {
        "name": SUBMISSION["lines"][0]["name"],
        "part": "summary",
        "length": 20_001,
        "most": 20_000,
    }
    with pytest.raises(OfficeError) as error:
        exchange_file.write_content(put(SUBMISSION, ("abstract",), "x" * 501))
    assert (error.value.values["name"], error.value.values["most"]) == (SUBMISSION["number"], 500)
    exchange_file.write_content(put(SUBMISSION, ("lines", 0, "summary"), "x" * 20_000))


def test_a_file_that_nobody_would_read_is_not_written():
    with pytest.raises(OfficeError) as error:
        exchange_file.write(Envelope("Sở Công Thương", "A" * 43, "x" * exchange_file.MOST_BYTES, "B" * 86))
    assert error.value.reason == "big_exchange"


def test_a_file_comes_back_letter_by_letter():
    text = exchange_file.write_content(SUBMISSION)
    envelope = Envelope("Sở Công Thương", "A" * 43, text, "B" * 86)
    assert exchange_file.read(exchange_file.write(envelope).encode()).content == text
