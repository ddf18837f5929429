"""The sample sets of criteria: each reads, adds up, and gives the points and grades reckoned by hand."""

import re
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from engine import grading, scoring
from office import criteria_file

LIBRARY = Path(__file__).resolve().parents[2] / "data/criteria_library"
NAMES = ("department", "faculty", "hospital", "school", "state_office", "workshop")
every_set = pytest.mark.parametrize("name", NAMES)

XUAT_SAC = "Hoàn thành xuất sắc nhiệm vụ"
TOT = "Hoàn thành tốt nhiệm vụ"
HOAN_THANH = "Hoàn thành nhiệm vụ"
KHONG = "Không hoàn thành nhiệm vụ"

WORKED = [
    # set, worst deduction, points off, total (85 less these), grade, full marks with every bonus
    ("state_office", "6.4", "5", "80", HOAN_THANH, "110"),
    ("department", "6.4", "10", "75", HOAN_THANH, "108"),
    ("school", "6.5", "10", "75", KHONG, "110"),
    ("faculty", "6.2.3", "6", "79", TOT, "112"),
    ("hospital", "6.1.3", "12", "73", HOAN_THANH, "106"),
    ("workshop", "6.3", "15", "70", "Loại C", "108"),
]
MEASURED = [
    ("state_office", "1.2", "84.9", "6"),
    ("state_office", "1.2", "85", "9"),
    ("state_office", "1.3", "49", "6"),
    ("state_office", "1.5", "3", "4.5"),
    ("state_office", "1.6", "0", "4"),
    ("state_office", "1.6", "2", "2"),
    ("state_office", "3.2", "1", "2.5"),
    ("state_office", "5.1", "3", "6"),
    ("state_office", "6.2", "3", "1.5"),
    ("state_office", "6.4", "5", "25"),
    ("department", "1.1", "99.5", "13"),
    ("department", "1.1", "100", "16"),
    ("department", "1.5", "4", "3"),
    ("department", "2.1", "35", "3"),
    ("department", "2.3", "1", "2.5"),
    ("department", "3.1", "70", "5"),
    ("department", "4.2", "1", "2"),
    ("department", "6.5", "4", "12"),
    ("school", "1.3", "50", "4"),
    ("school", "2.2", "6", "3.33"),
    ("school", "2.4", "3", "3"),
    ("school", "3.2", "0", "4"),
    ("school", "3.2", "1", "2"),
    ("school", "3.2", "2", "0"),
    ("school", "4.1", "6", "3"),
    ("school", "5.1.1", "3", "1.5"),
    ("school", "5.2.1", "2", "3"),
    ("school", "6.2", "2", "6"),
    ("school", "6.3", "3", "0.75"),
    ("faculty", "1.3", "0", "6"),
    ("faculty", "1.3", "5", "2"),
    ("faculty", "1.4", "72", "5.4"),
    ("faculty", "2.3", "6", "3"),
    ("faculty", "2.4", "4", "4.8"),
    ("faculty", "6.1.1", "5", "8"),
    ("faculty", "6.2.3", "2", "12"),
    ("hospital", "1.1", "110", "6"),
    ("hospital", "1.1", "120", "4"),
    ("hospital", "1.5", "8", "3"),
    ("hospital", "2.1", "51", "3.6"),
    ("hospital", "2.4", "5", "3"),
    ("hospital", "4.1", "0.5", "4"),
    ("hospital", "4.1", "2", "0"),
    ("hospital", "5.4.2", "3", "1.5"),
    ("hospital", "6.1.2", "4", "9"),
    ("workshop", "1.1", "99.9", "13"),
    ("workshop", "1.4", "16", "2"),
    ("workshop", "2.1", "4", "5"),
    ("workshop", "3.3", "3", "3"),
    ("workshop", "4.1", "125", "4"),
    ("workshop", "4.2", "120", "2.5"),
    ("workshop", "4.6", "3", "1.8"),
    ("workshop", "5.3", "1", "1"),
    ("workshop", "6.4", "7", "3.5"),
]
KNOCKED = [
    # set, occurrences on a sheet of full marks, grade
    ("state_office", {"6.3": 5}, XUAT_SAC),
    ("state_office", {"6.4": 1}, HOAN_THANH),
    ("department", {"6.5": 1}, TOT),
    ("department", {"6.4": 1}, HOAN_THANH),
    ("school", {"6.2": 1}, TOT),
    ("school", {"6.2": 2}, HOAN_THANH),
    ("school", {"6.5": 1}, KHONG),
    ("faculty", {"6.2.3": 1}, TOT),
    ("faculty", {"6.2.3": 2}, HOAN_THANH),
    ("hospital", {"6.1.4": 1}, TOT),
    ("hospital", {"6.2.2": 1}, HOAN_THANH),
    ("hospital", {"6.2.1": 2}, TOT),
    ("workshop", {"6.2": 1}, "Loại A"),
    ("workshop", {"6.2": 2}, "Loại B"),
    ("workshop", {"6.3": 1}, "Loại C"),
]
LEFT_OUT = [
    # lines that the note of the set tells an agency to leave out for some
    ("state_office", {"1.3", "1.5"}),
    ("department", {"2.1"}),
    ("school", {"3.1", "3.2", "3.3", "3.4"}),
    ("faculty", {"1.5", "1.6"}),
    ("hospital", {"1.1", "1.2", "1.5", "3.3"}),
    ("workshop", {"1.4", "2.1", "4.3"}),
]


@cache
def content(name):
    return criteria_file.read((LIBRARY / f"{name}.json").read_bytes())


def lines(name):
    """Return the lines of a set without its groups."""
    return [line for line in criteria_file.iter_lines(content(name)["criteria"]) if line["kind"] != "group"]


def criteria(name):
    """Return {code: ``engine.scoring.Criterion``} as a set made of the file gives them."""
    return {line.key: line for line in build(content(name)["criteria"], ())}


def build(found, ceilings):
    for line in found:
        most = scoring.points(line.get("max_points"))
        if line["kind"] == "group":
            inner = (scoring.Ceiling(line["code"], most), *ceilings) if most else ceilings
            yield from build(line["children"], inner)
        else:
            yield scoring.Criterion(
                key=line["code"],
                kind=line["kind"],
                max_points=most,
                target=Decimal(str(line.get("target", 0))),
                lower_is_better=line.get("lower_is_better", False),
                steps=tuple(to_step(step) for step in line.get("steps", ())),
                per_occurrence=scoring.points(line.get("points_per_occurrence")),
                ceilings=ceilings,
            )


def to_step(step):
    end = Decimal(str(step["end"])) if "end" in step else None
    return scoring.Step(Decimal(str(step["start"])), end, scoring.points(step["points"]))


def grades(name):
    """Return the grades of a set, the best first; a group stands for the lines below it."""
    leaves = {}
    for line in criteria_file.iter_lines(content(name)["criteria"]):
        below = criteria_file.iter_lines(line.get("children", []))
        codes = [child["code"] for child in below if child["kind"] != "group"]
        leaves[line["code"]] = codes if line["kind"] == "group" else [line["code"]]
    return [
        grading.Grade(
            grade["name"],
            grade["min_points"],
            tuple(
                grading.Condition(
                    condition["kind"],
                    frozenset(leaf for code in condition.get("criteria", ()) for leaf in leaves[code]),
                    Decimal(str(condition.get("value", 0))),
                    condition.get("count", 0),
                )
                for condition in grade.get("conditions", ())
            ),
        )
        for grade in content(name)["grades"]
    ]


def judge(name, share, events=None, kinds=scoring.BASIC_KINDS, without=()):
    """Return (total, grade) of a sheet with this share of each full mark and these occurrences."""
    sheet = {code: line for code, line in criteria(name).items() if code not in without}
    full = {code: line.max_points for code, line in sheet.items()}
    given = {code: full[code] * share if line.kind in kinds else Decimal(0) for code, line in sheet.items()}
    given |= {code: scoring.score(sheet[code], times) for code, times in (events or {}).items()}
    total = scoring.add_up(
        sheet.values(), given, content(name).get("bonus_cap"), content(name)["total_points"]
    )
    return total.total, grading.grade(grades(name), grading.Sheet(total.total, given, full)).key


def texts(line):
    return {line["name"], line["guidance"]}


def test_the_library_holds_these_sets():
    assert {path.stem for path in LIBRARY.iterdir()} == set(NAMES)
    assert len({content(name)["name"] for name in NAMES}) == len(NAMES)


@every_set
def test_shape(name):
    found = content(name)
    assert 4 <= len(found["criteria"]) <= 6
    assert 18 <= len(lines(name)) <= 28
    assert {line["kind"] for line in lines(name)} == set(scoring.KINDS)
    assert scoring.get_maximum(criteria(name).values()) == found["total_points"] == 100
    assert 3 <= len(re.findall(r"[.](?= |$)", found["note"])) <= 6
    assert found["subject"] in ("individual", "collective") and found["ties"]


@every_set
def test_every_line_says_how_it_is_marked(name):
    every = list(criteria_file.iter_lines(content(name)["criteria"]))
    assert len({line["name"] for line in every}) == len(every)
    for line in lines(name):
        assert line["guidance"].endswith("."), line["code"]
        measured = line["kind"] in ("quantity", "bonus", "deduction")
        assert ("unit_of_measure" in line) == measured, line["code"]
        assert (line["kind"] == "quantity") == ("target" in line or "steps" in line), line["code"]
        assert (line.get("points_per_occurrence", 0) > 0) == (line["kind"] in ("bonus", "deduction"))
        assert line["kind"] == "deduction" or line["max_points"] > 0, line["code"]


@every_set
def test_codes_follow_the_groups(name):
    for line in criteria_file.iter_lines(content(name)["criteria"]):
        for place, child in enumerate(line.get("children", ()), 1):
            assert child["code"] == f"{line['code']}.{place}"


@every_set
def test_step_tables(name):
    for line in criteria(name).values():
        scoring.check_steps(line.steps, line.max_points)
        assert not line.steps or max(step.points for step in line.steps) == line.max_points, line.key


@every_set
def test_bonus_is_limited_by_its_groups(name):
    for line in criteria(name).values():
        assert line.kind != "bonus" or line.ceilings, line.key


@every_set
def test_full_marks_give_the_best_grade_and_none_the_last(name):
    names = [grade["name"] for grade in content(name)["grades"]]
    starts = [grade["min_points"] for grade in content(name)["grades"]]
    assert starts == sorted(starts, reverse=True) and starts[-1] == 0
    assert judge(name, 1) == (100, names[0])
    assert judge(name, 0) == (0, names[-1])


@pytest.mark.parametrize(("name", "worst", "off", "total", "grade", "most"), WORKED)
def test_worked_sheets(name, worst, off, total, grade, most):
    deductions = {code: line for code, line in criteria(name).items() if line.kind == "deduction"}
    assert worst == max(deductions, key=lambda code: deductions[code].per_occurrence)
    assert scoring.score(deductions[worst], 1) == Decimal(off)
    assert judge(name, Decimal("0.85"), {worst: 1}) == (Decimal(total), grade)
    assert judge(name, 1, kinds=(*scoring.BASIC_KINDS, "bonus"))[0] == Decimal(most)


@pytest.mark.parametrize(("name", "code", "reached", "points"), MEASURED)
def test_measured_lines(name, code, reached, points):
    assert scoring.score(criteria(name)[code], reached) == Decimal(points)


@pytest.mark.parametrize(("name", "events", "grade"), KNOCKED)
def test_what_keeps_from_a_grade(name, events, grade):
    assert judge(name, 1, events)[1] == grade


@pytest.mark.parametrize(("name", "without"), LEFT_OUT)
def test_who_lacks_some_lines_can_still_be_the_best(name, without):
    assert without <= criteria(name).keys()
    assert judge(name, 1, without=without) == (100, content(name)["grades"][0]["name"])


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_sets_are_not_the_same_text(one, other):
    known = set().union(*map(texts, lines(other)))
    repeated = [line["code"] for line in lines(one) if texts(line) & known]
    assert len(repeated) <= 0.3 * len(lines(one))


@every_set
def test_no_law_is_cited(name):
    text = (LIBRARY / f"{name}.json").read_text(encoding="utf-8")
    assert not re.search(r"Nghị định|Thông tư|Luật |Điều \d|/NĐ-CP|/QH\d", text)
