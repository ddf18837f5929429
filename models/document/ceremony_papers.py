"""Who is called and who sits where when awards are handed over, as plain values for ``report/ceremony_report.xml``.

Words are Vietnamese, whatever the user's language.
"""

from ...engine import ceremony
from ..mixin import notices


class CeremonyPaper:
    """The lists of one decision, in the order of its annex (Decree 152/2025/NĐ-CP, Articles 29–30), without whose award
    was revoked since.
    """

    def __init__(self, decision):
        self.decision = decision.with_context(lang="vi_VN")
        self.width = decision.seats_per_row

    def get_values(self):
        """Return what both lists have in common: heading, when and where."""
        frame = notices.get_frame(self.decision.company_id, "", "", [])
        return {
            **{name: frame[name] for name in ("style", "is_state_body", "parent_agency", "agency")},
            "moment": self.decision._get_ceremony_text(),
            "turns": self.list_turns(),
        }

    def list_turns(self):
        """Return who is called to the stage together: title and rows of each turn."""
        numbers, turns, place = self.decision._get_register_numbers(), [], 0
        for heading, lines in self.decision._get_ceremony_groups():
            for part in ceremony.split_turns(lines, self.width):
                count = self.decision._get_group_count(part)
                rows = [
                    self.get_row(line, at, numbers.get(line.id, "")) for at, line in enumerate(part, place)
                ]
                turns.append({"title": f"Lượt {len(turns) + 1}. {heading} ({count})", "rows": rows})
                place += len(part)
        return turns

    def get_row(self, line, place, number):
        return {
            "index": place + 1,
            "name": line._get_listed_name(),
            "post": ", ".join(filter(None, (line.position_name, line.unit_name))),
            "number": number,
            "seat": ceremony.seat_name(place, self.width),
        }

    def list_seat_rows(self):
        """Return the rows of seats from the stage on; the last one is filled up with empty seats."""
        seats = [row for turn in self.list_turns() for row in turn["rows"]]
        found = []
        for number, start in enumerate(range(0, len(seats), self.width)):
            row = seats[start : start + self.width]
            found.append({"name": ceremony.row_name(number), "seats": row, "empty": self.width - len(row)})
        return found
