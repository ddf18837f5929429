"""To whom a criterion applies and what it asks for a title, as cells say: names or codes, with a semicolon between."""

import re

from odoo.fields import Command, Domain

from ..engine.vietnamese import format_decimal, search_key
from ..models.intake.directory import Directory
from ..office import values

MINIMUM = re.compile(r"(?P<code>.+?)\s*:\s*(?P<points>[^:]+)")


class NameCells:
    """Reads the cells of one agency: units, positions, tags and awards are read once, whatever the number of rows."""

    def __init__(self, company):
        self.directory = Directory(company.env, company, {})
        own = Domain("company_id", "in", [False, company.id])
        # sudo: hr.job, hr.employee.category - positions and tags by name; only their ids leave
        jobs, tags = (company.env[model].sudo() for model in ("hr.job", "hr.employee.category"))
        awards = company.env["emulation.award"].search(own, order="company_id DESC")
        self.known = {
            "jobs": _by_name(jobs.search(own)),
            "tags": _by_name(tags.search([])),
            "awards": {search_key(award.code): award.id for award in awards},
        }

    def find(self, what, name):
        """Return the id of the unit, position, tag or award that a cell names; None unless it is one."""
        if what == "units":
            return self.directory.find_unit(name).id or None
        return self.known[what].get(search_key(name))

    def list_unknown(self, what, text):
        """Return the names of a cell that stand for nothing, or for several."""
        if what == "minimums":
            return [part for part in split(text) if not self._read_minimum(part)]
        return [name for name in split(text) if not self.find(what, name)]

    def prepare(self, what, text):
        """Return the commands that make a field of a criterion what its cell says."""
        if what == "minimums":
            pairs = map(self._read_minimum, split(text))
            return [
                Command.clear(),
                *(Command.create({"award_id": award, "points": points}) for award, points in pairs),
            ]
        return [Command.set([self.find(what, name) for name in split(text)])]

    def _read_minimum(self, part):
        """Return (award, points) of ``CSTDCS: 60``; None if it is none."""
        match = MINIMUM.fullmatch(part)
        award = match and self.find("awards", match["code"])
        try:
            points = values.read_number(match["points"]) if award else None
        except ValueError:
            return None
        return (award, points) if points and 0 < points < 1e9 else None


def _by_name(records):
    """Return {search key: id} of the names that stand for one record."""
    keys = [search_key(record.name) for record in records]
    return {key: record.id for key, record in zip(keys, records, strict=True) if keys.count(key) == 1}


def split(text):
    """Return the parts of a cell.

    >>> split("Phòng Tổ chức;  Phòng Kế toán;")
    ['Phòng Tổ chức', 'Phòng Kế toán']
    """
    return [part.strip() for part in str(text or "").split(";") if part.strip()]


def write(what, line, field):
    """Return the cell of a criterion; ``NameCells.prepare`` reads it back."""
    if what == "minimums":
        return "; ".join(f"{one.award_id.code}: {format_decimal(one.points)}" for one in line.minimum_ids)
    # sudo: hr.job, hr.department - their names, as the form shows them
    return "; ".join(line.sudo()[field].mapped("code" if what == "awards" else "name"))
