"""A council of seven (one of them without a desk), an award it votes on, and sessions ready to be opened."""

import tempfile
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from odoo.fields import Command

from ...models.council.emulation_ballot_envelope import EmulationBallotEnvelope
from ...models.council.key_folder import KeyFolder
from .common import EmulationCommon


def keep_keys_apart(test):
    """Let a test class, or a test, keep the keys of its ballot boxes in a folder that goes with it.

    :return: the ``KeyFolder``
    """
    is_class = isinstance(test, type)
    add_cleanup = test.addClassCleanup if is_class else test.addCleanup
    place = tempfile.TemporaryDirectory()
    add_cleanup(place.cleanup)
    folder = KeyFolder(Path(place.name) / "keys")
    patcher = patch.object(EmulationBallotEnvelope, "_get_key_folder", lambda self: folder)
    patcher.start()
    add_cleanup(patcher.stop)
    return folder


class CouncilCommon(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key_folder = keep_keys_apart(cls)
        cls.council_award = cls.new_award(
            "TEST-CSTD",
            rule={"needs_council": True, "vote_threshold": 80, "quorum": 66.66, "secret_ballot": True},
            kind="title",
        )
        cls.council_unit_award = cls.new_award(
            "TEST-TTXS",
            rule={"needs_council": True, "vote_threshold": 66.66, "quorum": 50, "vote_base": "present"},
            subject_individual=False,
            subject_collective=True,
            kind="title",
        )
        seats = (
            (cls.employee_head, "chair"),
            (cls.employee_other_head, "vice_chair"),
            (cls.employee_council, "member"),
            (cls.employee_sub_head, "member"),
            (cls.employee_proposer, "member"),
            (cls.employee_portal, "member"),
            (cls.employee_officer, "secretary"),
        )
        cls.council = (
            cls.env["emulation.council"]
            .with_user(cls.user_officer)
            .create(
                {
                    "name": "Hội đồng Thi đua - Khen thưởng",
                    "company_id": cls.company.id,
                    "member_ids": [
                        Command.create({"employee_id": employee.id, "role": role, "sequence": index})
                        for index, (employee, role) in enumerate(seats)
                    ],
                }
            )
        )
        cls.voters = cls.council.sudo().member_ids.user_id

    @classmethod
    def new_candidates(cls, count, **vals):
        """Return appraised proposals for ``count`` people who do not sit on the council."""
        return cls.env["emulation.commendation"].union(
            *(
                cls.new_commendation(
                    cls.new_employee(f"Ứng Viên {index:02d}", cls.other_unit),
                    state="appraised",
                    award=cls.council_award,
                    **vals,
                )
                for index in range(count)
            )
        )

    def new_session(self, commendations, present=None, **vals):
        """Put proposals before the council as an officer does; everybody is present unless told otherwise."""
        action = self.put_on("session", commendations.with_user(self.user_officer))
        session = self.env["emulation.session"].with_user(self.user_officer).browse(action["res_id"])
        if vals:
            session.write({"date_start": datetime(2026, 11, 20, 1, 30), **vals})
        session.action_all_present()
        if present is not None:
            absent = session.attendance_ids.filtered(lambda row: row.member_id.sudo().user_id not in present)
            absent.write({"presence": "absent", "reason": "Đi công tác"})
        return session

    def cast(self, session, user, choice="agree", **others):
        """Cast a member's ballots as the door does: ``choice`` for every item of the ballot."""
        seat = session.sudo()._get_open_seat(user)
        items = session.sudo()._get_ballot_items(seat) if seat else session.sudo().item_ids
        session.sudo()._do_cast(user, {**dict.fromkeys(items.ids, choice), **others})
