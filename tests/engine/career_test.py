"""The career of docs/career.md, row by row, by the rule book as it ships."""

from datetime import date
from pathlib import Path

import law_test
import pytest
import shipped

from engine.eligibility import Candidate, Facts, judge, verdict

PAGE = Path(__file__).resolve().parents[2] / "docs" / "career.md"
BOOK = 2025


def read_rows():
    """Return the rows of the table; each year's facts stand beside all the earlier ones."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| 20")
    ]
    return [tuple(row) for row in cells]


def judge_row(number, rows, known_from=date(2012, 1, 1)):
    """Return the answer to one row, and the findings that are not met."""
    year, _new, asked, _answer, _why = rows[number]
    facts, values = Facts(known_from=known_from), {"on": date(int(year), 12, 31)}
    for _year, new, *_rest in rows[: number + 1]:
        for token in filter(None, map(str.strip, new.split(";"))):
            law_test.read_fact(token, facts, values)
    code, *words = asked.split()
    candidate = Candidate(
        "employee",
        7,
        code,
        date(int(year), 1, 1),
        date(int(year), 12, 31),
        on=values["on"],
        basis=next((law_test.BASES[word] for word in words), "merit"),
    )
    findings = judge(candidate, shipped.requirements(BOOK, code), facts)
    return law_test.ANSWERS[verdict(findings)], [
        (found.requirement.name, str(found.reason)) for found in findings if found.status != "met"
    ]


ROWS = read_rows()


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[f"{row[0]} {row[2]}" for row in ROWS])
def test_career(number):
    answer, findings = judge_row(number, ROWS)
    assert answer == ROWS[number][3], findings


def test_it_is_fifteen_years():
    assert {row[0] for row in ROWS} == {str(year) for year in range(2012, 2027)}


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_with_registers_that_may_lack_something_nothing_is_refused_for_lack(number):
    """What turns "not" into "cannot tell" is only the silence of the registers; what speaks against somebody stays."""
    answer, _findings = judge_row(number, ROWS, known_from=None)
    expected = ROWS[number][3]
    assert answer == expected or (expected, answer) == ("not", "cannot tell")
