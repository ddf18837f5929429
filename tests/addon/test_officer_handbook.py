"""The officer's handbook followed by the letter: from an empty database to a certificate that anybody can verify.

Each step is a line of docs/handbooks/vi/officer.md, clicked by whose step it is; the clicks of each part are printed
and never more than those known to be enough.
"""

import logging
import re

from odoo.tests import HttpCase, new_test_user, tagged

from ..helpers.common import Personnel, load_vietnamese
from ..helpers.council_common import keep_keys_apart

# part of the handbook -> clicks it takes at most
ENOUGH = {"criteria": 16, "campaign": 26, "letter": 4, "push": 4, "decision": 9}
TOLD = re.compile(r"handbook: (\w+) (\d+) clicks")

_logger = logging.getLogger(__name__)


class Listener(logging.Handler):
    """Keeps what a tour says of its clicks."""

    def __init__(self):
        super().__init__()
        self.clicks = {}

    def emit(self, record):
        if told := TOLD.search(record.getMessage()):
            self.clicks[told[1]] = int(told[2])


@tagged("post_install", "-at_install", "is_tour")
class TestOfficerHandbook(Personnel, HttpCase):
    browser_size = "1600x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_keys_apart(cls)
        cls.company = cls.env.company
        load_vietnamese(cls.env)
        cls.keeper = cls._user("keeper", "base.group_system,hr_emulation.group_emulation_admin")
        cls.officer = cls._user("officer", "hr_emulation.group_emulation_officer")
        cls.head = cls._user("head", "base.group_user")
        cls._enter_people()

    @classmethod
    def _user(cls, name, groups):
        values = {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh", "company_id": cls.company.id}
        return new_test_user(cls.env, f"handbook.{name}", groups=groups, name=name, **values)

    @classmethod
    def _enter_people(cls):
        """Two units with their heads, as the personnel office has them before the first campaign."""
        office = cls.new_unit("Văn phòng")
        planning = cls.new_unit("Phòng Kế hoạch")
        office.manager_id = cls.new_employee("Lò Thị Giám Đốc", office)
        cls.new_employee("Chuyên Viên", office, cls.officer)
        planning.manager_id = cls.new_employee("Trưởng Phòng", planning, cls.head)
        cls.new_employee("Nguyễn Thị Lan", planning)

    def follow(self, user, part):
        """Follow a part of the handbook as a user; return the clicks it tells."""
        listener, logger = Listener(), self._logger.getChild("browser")
        logger.addHandler(listener)
        try:
            self.start_tour(
                "/odoo/emulation-desk", f"hr_emulation_handbook_{part}", login=user.login, timeout=180
            )
        finally:
            logger.removeHandler(listener)
        self.env.invalidate_all()
        return listener.clicks

    def test_from_nothing_to_a_verified_certificate(self):
        self.follow(self.keeper, "settings")
        self.assertEqual(self.company.emulation_document_symbol, "SCT")
        clicks = self.follow(self.officer, "campaign")
        self.follow(self.head, "endorse")
        clicks |= self.follow(self.officer, "decision")
        _logger.info("Clicks of the officer's handbook: %s", clicks)
        certificate = self.print_certificate()
        self.verify(certificate)
        self.assertEqual(clicks.keys(), ENOUGH.keys())
        more = {part: number for part, number in clicks.items() if number > ENOUGH[part]}
        self.assertFalse(more, f"more clicks than {ENOUGH}")

    def print_certificate(self):
        """Let the job print what the officer queued; return the only certificate."""
        certificate = self.env["emulation.certificate"].search([("company_id", "=", self.company.id)])
        self.assertEqual((certificate.recipient_name, certificate.print_state), ("Nguyễn Thị Lan", "queued"))
        self.env.ref("hr_emulation.cron_print_certificates").method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(certificate.attachment_id.raw.startswith(b"%PDF"))
        return certificate

    def verify(self, certificate):
        """Anybody finds it by its number and name on the public page; by another name nobody does."""
        self.authenticate(None, None)
        typed = {"number": certificate.number, "name": "Nguyễn Thị Lan"}
        page = self.url_open("/kiem-tra", data=typed)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Nguyễn Thị Lan", page.text)
        self.assertIn(certificate.decision_id._get_document_number(), page.text)
        self.assertEqual(self.url_open("/kiem-tra", data={**typed, "name": "Trần Thị Lan"}).status_code, 404)
