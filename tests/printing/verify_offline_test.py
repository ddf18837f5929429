"""The script that checks a code without the server: no agency speaks for another, and no odd file breaks it."""

import importlib.util
import json
from pathlib import Path

import pytest

from printing import signing

SCRIPT = Path(__file__).parents[2] / "docs/verify_certificate.py"
SPEC = importlib.util.spec_from_file_location("verify_certificate", SCRIPT)
TOOL = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(TOOL)

AGENCY, OTHER = "Sở Công Thương", "Sở Nội vụ"
SAID = signing.Statement(
    signing.new_token(), "0001/2026", "Nguyễn Thị Ánh", "Giấy khen", "05/QĐ-SCT", "2026-11-20"
)


class Body:
    """An issuing body with a key, as keys.json lists it."""

    def __init__(self, number, agency, **more):
        self.private, public = signing.new_key()
        self.agency = agency
        self.name = signing.PublicKey(public, agency).name
        self.listed = {"id": self.name, "key": public, "agency": agency, "body": number, **more}

    def sign_list(self, keys, day="2026-11-28", **states):
        content = {"date": day, "keys": keys, "suspended": [], "revoked": [], "replaced": [], **states}
        text = json.dumps({"stolen": {}, "genuine": [], **content})
        return {"key": self.name, "list": text, "signature": signing.sign_status(text, self.private)}


@pytest.fixture
def check(tmp_path, capsys):
    def run(code, bodies, lists=None):
        keys, status = tmp_path / "keys.json", tmp_path / "status.json"
        content = {"format": 2, "words": signing.words().decode(), "keys": [body.listed for body in bodies]}
        keys.write_text(json.dumps(content))
        status.write_text(lists if isinstance(lists, str) else json.dumps(lists))
        arguments = [str(keys), f"https://thidua.example.vn/kt/{code}"]
        result = TOOL.main(arguments if lists is None else [*arguments, str(status)])
        return result, capsys.readouterr().out

    return run


def test_no_agency_says_that_another_s_certificate_is_in_force(check):
    own, other = Body(1, AGENCY), Body(2, OTHER)
    code = signing.sign(SAID, own.private, AGENCY)
    mark = signing.status_mark(SAID.token)
    genuine = own.sign_list([own.name], revoked=[mark])
    forged = other.sign_list([own.name, other.name])
    assert check(code, [own, other], [genuine])[0] == 3
    assert check(code, [own, other], [forged, genuine])[0] == 3
    status, said = check(code, [own, other], [forged])
    assert (status, "NO LIST" in said) == (1, True), said


def test_a_body_that_was_renamed_speaks_for_what_it_signed_before(check):
    before, now = Body(1, AGENCY, retired="2026-06-01"), Body(1, OTHER)
    code = signing.sign(SAID, before.private, AGENCY)
    assert check(code, [before, now], [now.sign_list([before.name, now.name])])[0] == 0


def test_a_file_of_keys_without_bodies_goes_by_the_agency(check):
    own, other = Body(1, AGENCY), Body(2, OTHER)
    for body in (own, other):
        del body.listed["body"]
    code = signing.sign(SAID, own.private, AGENCY)
    assert check(code, [own, other], [own.sign_list([own.name])])[0] == 0
    assert check(code, [own, other], [other.sign_list([own.name])])[0] == 1


def test_a_retired_key_signs_no_list_of_a_later_day(check):
    before, now = Body(1, AGENCY, retired="2026-06-01"), Body(1, AGENCY)
    code = signing.sign(SAID, before.private, AGENCY)
    status, said = check(code, [before, now], [before.sign_list([before.name], "2026-11-28")])
    assert (status, "FALSE LIST" in said) == (1, True), said
    assert check(code, [before, now], [before.sign_list([before.name], "2026-06-01")])[0] == 0


@pytest.mark.parametrize(
    "change",
    [
        {"key": "!"},
        {"key": None},
        {"key": ""},
        {"agency": None},
        {"agency": "Văn phòng Chính phủ"},
        {"id": None},
    ],
)
def test_a_key_that_is_none_is_left_out(check, change):
    own, broken = Body(1, AGENCY), Body(2, OTHER)
    broken.listed.update(change)
    assert check(signing.sign(SAID, own.private, AGENCY), [broken, own])[0] == 0
    assert check(signing.sign(SAID, broken.private, OTHER), [broken, own])[0] == 1


@pytest.mark.parametrize(
    "lists", ["", "x", "{}", "[]", "3", '["x"]', "[{}]", '[{"key": 1, "list": "[]", "signature": "x"}]']
)
def test_an_odd_list_is_an_answer_and_no_crash(check, lists):
    own = Body(1, AGENCY)
    status, said = check(signing.sign(SAID, own.private, AGENCY), [own], lists)
    assert status in (1, 2), said
    assert "IN FORCE" not in said


@pytest.mark.parametrize("content", ["", "[]", "3", '{"keys": [3, null]}', '{"a": {}}'])
def test_an_odd_file_of_keys_is_an_answer_and_no_crash(tmp_path, capsys, content):
    path = tmp_path / "keys.json"
    path.write_text(content)
    own = Body(1, AGENCY)
    assert TOOL.main([str(path), f"https://x.vn/kt/{signing.sign(SAID, own.private, AGENCY)}"]) in (1, 2)
    assert "GENUINE" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "9" * 5000, "²", "\x00", "https://[x", "https://x.vn/kt/" + "1" * 300, "?p=%ff"]
)
def test_an_odd_code_is_an_answer_and_no_crash(tmp_path, capsys, text):
    path = tmp_path / "keys.json"
    path.write_text(
        json.dumps({"format": 2, "words": signing.words().decode(), "keys": [Body(1, AGENCY).listed]})
    )
    assert TOOL.main([str(path), text]) in (1, 2)
    assert "GENUINE" not in capsys.readouterr().out
