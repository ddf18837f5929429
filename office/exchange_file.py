"""A file that one agency hands to another: a submission, the answer to it, or a decision (docs/exchange.md).

An envelope holds a JSON text and the signature of just that text. Whatever the schema does not name is refused:
a key, a value, a kind, a version. Who signed is not judged here.
"""

import json
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .json_schema import find_fault
from .problems import OfficeError

FORMAT = "hr_emulation.exchange"
VERSION = 1
KINDS = ("submission", "answer", "decision")
MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
SCHEMA_FILE = Path(__file__).parents[1] / "static" / "exchange" / f"exchange-{VERSION}.schema.json"

TEXTS = (
    "summary",
    "reason",
    "abstract",
    "addressee",
    "name",
    "unit",
    "position",
    "tally",
    "issuer",
    "signer",
)

Content = dict[str, Any]


@dataclass(frozen=True)
class Envelope:
    """What a file says of itself, not yet believed.

    :param agency: name of the agency that signed
    :param key: its public key, URL-safe base64
    :param content: the JSON text that is signed
    :param signature: URL-safe base64
    """

    agency: str
    key: str
    content: str
    signature: str


@lru_cache(maxsize=1)
def get_schema() -> Content:
    """Return the published schema: the one place that says what a file may hold."""
    schema: Content = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def write_content(content: Content) -> str:
    """Return the text that is to be signed, as readable as it may be.

    :raises OfficeError: the other agency would refuse it

    >>> write_content({"kind": "letter"})
    Traceback (most recent call last):
    ...
    office.problems.OfficeError: /kind: this is not possible in an exchange file.
    """
    try:
        _check_content(content)
    except OfficeError as error:
        if error.reason == "bad_exchange":
            _check_length(content, str(error.values["where"]))
        raise
    return json.dumps(content, ensure_ascii=False, indent=1)


def write(envelope: Envelope) -> str:
    """Return the file.

    :raises OfficeError: it is bigger than the other agency reads
    """
    text = json.dumps({"format": FORMAT, "version": VERSION, **vars(envelope)}, ensure_ascii=False, indent=1)
    if (size := len(text.encode()) + 1) > MOST_BYTES:
        raise OfficeError("big_exchange", size=-(-size // MEGABYTE), most=MOST_BYTES // MEGABYTE)
    return text + "\n"


def read(data: bytes) -> Envelope:
    """Take a file apart.

    :raises OfficeError: it is no such file, is too big, or of another version

    >>> envelope = Envelope("Sở Công Thương", "A" * 43, "{}", "B" * 86)
    >>> read(write(envelope).encode()) == envelope
    True
    >>> read(b'{"format": "hr_emulation.exchange", "version": 2}')
    Traceback (most recent call last):
    ...
    office.problems.OfficeError: This exchange file is of version 2; version 1 is read.
    """
    if len(data) > MOST_BYTES:
        raise OfficeError("too_big", size=len(data) // MEGABYTE, most=MOST_BYTES // MEGABYTE)
    found = _parse(data)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise OfficeError("not_exchange")
    if found.get("version") != VERSION:
        raise OfficeError("other_exchange", version=str(found.get("version"))[:20], known=VERSION)
    if fault := find_fault(found, get_schema(), get_schema()):
        raise OfficeError("bad_exchange", where=fault[:80])
    del found["format"], found["version"]
    return Envelope(**found)


def read_content(text: str) -> Content:
    """Return what the signed text of a file says, every key and value checked.

    :raises OfficeError: the schema does not allow it

    >>> read_content('{"kind": "submission", "kind": "answer"}')
    Traceback (most recent call last):
    ...
    office.problems.OfficeError: This is no exchange file as this program writes it.
    """
    content: Content = _parse(text.encode("utf-8", "surrogatepass"))
    _check_content(content)
    return content


def _check_content(content: Any) -> None:
    kind = content.get("kind") if isinstance(content, dict) else None
    if kind not in KINDS:
        raise OfficeError("bad_exchange", where="/kind")
    schema = get_schema()
    if fault := find_fault(content, schema["$defs"][kind], schema):
        raise OfficeError("bad_exchange", where=fault[:80])
    if kind == "submission":
        _check_numbers([proposal["line"] for proposal in content["lines"]])


def _check_length(content: Any, fault: str) -> None:
    """Refuse a text that no file holds, saying whose it is: who writes the file can shorten it.

    :param content: one's own
    :param fault: where the schema is not kept

    >>> _check_length({"lines": [{"name": "Lò Văn An", "summary": "x" * 20_001}]}, "/lines/0/summary")
    Traceback (most recent call last):
    ...
    office.problems.OfficeError: Lò Văn An: “summary” has 20001 characters, at most 20000 go into an exchange file.
    """
    found, name, part = content, "", ""
    for part in fault.strip("/").split("/"):
        if isinstance(found, dict):
            name, found = found.get("name") or found.get("number") or name, found.get(part)
        else:
            found = found[int(part)]
    most = get_schema()["$defs"]["text" if part == "summary" else "name"]["maxLength"]
    if isinstance(found, str) and len(found) > most and part in TEXTS:
        raise OfficeError("long_exchange", name=str(name)[:80], part=part, length=len(found), most=most)


def _check_numbers(numbers: list[int]) -> None:
    """Refuse a number that two proposals have: an answer to it would be an answer to either.

    >>> _check_numbers([7, 8, 7])
    Traceback (most recent call last):
    ...
    office.problems.OfficeError: The file has two proposals of the number 7.
    """
    twice = [number for number, count in Counter(numbers).items() if count > 1]
    if twice:
        raise OfficeError("line_twice", line=twice[0])


def _parse(data: bytes) -> Any:
    """Return what a JSON text holds: a key stands once, numbers are numbers, texts are whole letters.

    :raises OfficeError: it is none
    """
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_take_once, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()  # half a letter has no bytes
    except (ValueError, RecursionError) as error:
        raise OfficeError("not_exchange") from error
    return found


def _take_once(pairs: list[tuple[str, Any]]) -> Content:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
