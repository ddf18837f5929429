"""Who marks a criterion, as a cell says: ``1: Phòng Tổ chức; 2: Nguyễn Văn An (sau thủ trưởng đơn vị)``."""

import re

from odoo.fields import Command

from ..engine.vietnamese import search_key
from ..models.intake.directory import Directory

MARKER = re.compile(r"(?:(?P<stage>[1-9]\d?)\s*:)?\s*(?P<name>.+?)\s*(?P<after>\(sau thủ trưởng đơn vị\))?")
AFTER = " (sau thủ trưởng đơn vị)"


class MarkerCells:
    """Reads the cells of one agency: its offices and people are read once, whatever the number of rows."""

    def __init__(self, company):
        self.directory = Directory(company.env, company, {})
        self.people = {}
        # sudo: res.users - the names of the agency's own people; who is meant leaves
        users = company.env["res.users"].sudo()
        for user in users.search([("company_ids", "in", company.ids), ("share", "=", False)]):
            for key in {search_key(user.name), search_key(user.login)}:
                self.people.setdefault(key, []).append(user.id)

    def find(self, name):
        """Return the values of the office, else of the person, that a name stands for; None unless it is one."""
        match = self.directory.find_unit(name)
        if match.id:
            return {"department_id": match.id, "user_id": False}
        people = self.people.get(search_key(name), []) if match.reason != "several" else []
        return {"user_id": people[0], "department_id": False} if len(people) == 1 else None

    def list_unknown(self, text):
        """Return the names of a cell that stand for nobody, or for several."""
        return [name for _stage, name, _after in split(text) if not self.find(name)]

    def prepare(self, text):
        """Return the commands that make the markers of a criterion those of a cell."""
        return [
            Command.clear(),
            *(
                Command.create({"stage": stage, "is_after_head": after, **self.find(name)})
                for stage, name, after in split(text)
            ),
        ]


def split(text):
    """Return [(stage, name, whether after the head)] of a cell; without a number the next stage is meant.

    >>> split("Phòng Tổ chức; 3: Nguyễn Văn An (sau thủ trưởng đơn vị)")
    [(1, 'Phòng Tổ chức', False), (3, 'Nguyễn Văn An', True)]
    """
    parts = [MARKER.fullmatch(part.strip()) for part in str(text or "").split(";") if part.strip()]
    return [
        (int(part["stage"] or place), part["name"], bool(part["after"]))
        for place, part in enumerate(filter(None, parts), 1)
    ]


def write(markers):
    """Return the cell that says who marks; ``split`` reads it back."""
    return "; ".join(
        f"{marker.stage}: {marker.display_name}{AFTER if marker.is_after_head else ''}" for marker in markers
    )
