"""The rule books as they ship, read from data/ without Odoo."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from engine.eligibility import Requirement

DATA = Path(__file__).resolve().parents[2] / "data"
# What the books of 2025 and later say for every award: Decree 152/2025/NĐ-CP, Articles 4(3), 54(2) and 54(3).
NOT_COUNTED = frozenset({"ad_hoc", "thematic"})
MULTIPLIERS = {"collective": Decimal(2), "household": Decimal("1.5")}
LOOKBACK = 20


def read(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def awards():
    """Return {code: row of the catalogue}."""
    return {row["code"]: row for row in read("emulation.award.csv")}


@cache
def rules(year):
    """Return {code: row of its award rule in the book of that year}."""
    codes = {row["id"]: row["code"] for row in read("emulation.award.csv")}
    rows = read("emulation.award.rule.csv")
    return {codes[row["award_id/id"]]: row for row in rows if row["rulebook_id/id"] == f"rulebook_{year}"}


@cache
def requirements(year, code):
    """Return what the book of that year asks for an award, as the engine reads it."""
    rule = rules(year)[code]["id"]
    return [_requirement(row) for row in read("emulation.requirement.csv") if row["award_rule_id/id"] == rule]


def _requirement(row):
    return Requirement(
        key=row["id"],
        kind=row["kind"],
        name=row["name"],
        severity=row["severity"],
        article=row["article"],
        group=row["alternative_group"],
        branch=row["alternative_branch"],
        subject=row["subject"],
        basis=row["basis"],
        awards=_codes(row["award_ids/id"]),
        count=int(row["count"]),
        consecutive=row["consecutive"] == "1",
        years=int(row["years"]),
        since=_codes(row["since_award_ids/id"]),
        since_reading=row["since_reading"] or "last",
        rating=row["rating"],
        reach=row["reach"],
        share=Decimal(row["share"]),
        months=int(row["months"]),
        level=row["level"],
        members=row["members"] == "1",
        lookback=LOOKBACK,
        doubt=row["doubt"],
        not_counted=NOT_COUNTED,
    )


def _codes(text):
    return frozenset(name.removeprefix("award_").upper() for name in text.split(",") if name)


@cache
def base_salaries():
    """Return the base salaries as pairs (from date, đồng a month)."""
    records = ElementTree.parse(DATA / "base_salaries.xml").getroot().iter("record")
    lines = [{field.get("name"): field.text for field in record} for record in records]
    return [(date.fromisoformat(line["date_from"]), int(float(line["amount"]))) for line in lines]
