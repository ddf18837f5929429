import json
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.tests import HttpCase, tagged

from ...printing import signing
from ..helpers import picture
from ..helpers.document_common import DocumentCommon

# Signed by the first version of this addon.
OLD_KEY = signing.PublicKey("_CiQhiAUK9N7Ya2nYvR3cXVXqvl-GKSXlStxht1gTG8")
OLD_CODE = (
    "AaOo5HZabTl5SUdFZ2RHVnofMDAxNC8yMDI2H05ndXnhu4VuIFRo4buLIMOBbmgfR2nhuqV5IGtoZW4fMDUvUcSQLVNDVB8yMDI2LTExLTIw"
    "9IvpEnD33Nel1fSqkkIGbnm5nOnHhrqu1hhljNY9EdTol6F-uhjbZ7RyWGUYArzLzefoytZxHJfTdDMNNUoZCA"
)
SCRIPT = Path(__file__).parents[2] / "docs/verify_certificate.py"


@tagged("post_install", "-at_install")
class TestVerifyOffline(HttpCase, DocumentCommon):
    """The script says of a printed page what the server would say, with two files the server gave once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card, cls.other = cls.issue_cards()

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.authenticate(None, None)

    def _save(self, name):
        path = self.folder / name
        path.write_text(self.url_open(f"/emulation/{name}").text)
        return path

    def _run(self, *arguments):
        done = subprocess.run(
            [sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False
        )
        self.assertFalse(done.stderr)
        return done.returncode, done.stdout

    def _read_printed_page(self, card):
        import zxingcpp

        content = card._get_pdf()[1]
        return zxingcpp.read_barcodes(
            picture.pages(content, per_mm=8)[0], formats=zxingcpp.BarcodeFormat.QRCode
        )[0].text

    def test_the_code_of_a_printed_page_is_genuine(self):
        status, said = self._run(self._save("keys.json"), self._read_printed_page(self.card))
        self.assertEqual(status, 0, said)
        self.assertIn("GENUINE", said)
        for printed in (self.card.number, self.card.recipient_name, "01/QĐ-STN"):
            self.assertIn(printed, said)

    def test_altered_foreign_and_swapped_codes(self):
        keys, url = self._save("keys.json"), self.card._get_qr_value()
        facts = signing.Statement(self.card.token, "1", "An", "GK", "01", "2026-01-05")
        address = url.removesuffix(self.card.payload)
        cases = {
            url[:-1] + str(int(url[-1]) ^ 1): "ALTERED",
            address + signing.sign(facts, signing.new_key()[0], self.company.name): "UNKNOWN KEY",
        }
        for text, word in cases.items():
            status, said = self._run(keys, text)
            self.assertEqual((status, said.split(":")[0]), (1, word))
        for text in ("https://example.org/khác", f"{address}12345", address):
            self.assertEqual(self._run(keys, text)[0], 2)

    def test_codes_of_version_1_are_checked_as_before(self):
        """Such codes hang on walls; the file of keys may be as old."""
        path = self.folder / "keys.json"
        path.write_text(json.dumps({OLD_KEY.name: OLD_KEY.public}))
        url = f"https://thidua.example.org/emulation/verify/Zm9yIGEgdGVz?p={OLD_CODE}"
        status, said = self._run(path, url)
        self.assertEqual((status, "Nguyễn Thị Ánh" in said), (0, True), said)
        swapped = url.replace("Zm9yIGEgdGVz", self.card.token)
        self.assertEqual(self._run(path, swapped)[1].split(":")[0], "MISMATCH")

    def test_no_other_key_and_no_other_agency_stands_under_an_id(self):
        keys, url = self._save("keys.json"), self.card._get_qr_value()
        content = json.loads(keys.read_text())
        public = signing.new_key()[1]
        for forged in ({"key": public}, {"agency": "Văn phòng Chính phủ"}):
            listed = [{**key, **forged} for key in content["keys"]]
            keys.write_text(json.dumps({**content, "keys": listed}))
            self.assertEqual(self._run(keys, url)[1].split(":")[0], "UNKNOWN KEY")

    def test_a_stolen_key_proves_nothing_but_for_what_the_list_names(self):
        key = self.card.signing_key_id
        private = key._get_private_key()
        key.with_user(self.user_admin)._do_report_stolen("2026-06-01", "Máy chủ bị xâm nhập")
        keys, lists = self._save("keys.json"), self._save("status.json")
        url = self.card._get_qr_value()
        facts = signing.Statement(
            self.card.token, "9999/2026", "Kẻ Giả Mạo", "Huân chương", "01", "2026-01-05"
        )
        forged = url.removesuffix(self.card.payload) + signing.sign(facts, private, key.agency)
        for text in (url, forged):
            status, said = self._run(keys, text)
            self.assertEqual((status, said.split(" ")[0]), (1, "STOLEN"))
        self.assertEqual(self._state(keys, url), (0, "IN FORCE on"))
        status, said = self._run(keys, forged, lists)
        self.assertEqual((status, "never signed" in said), (1, True), said)
        self.assertNotIn("GENUINE", said)

    def test_a_later_list_tells_what_is_no_longer_in_force(self):
        keys, url = self._save("keys.json"), self.card._get_qr_value()
        self.assertIn("IN FORCE", self._run(keys, url, self._save("status.json"))[1])
        self.card.action_suspend()
        self.assertEqual(self._state(keys, url), (3, "SUSPENDED"))
        self.card.action_resume()
        self.assertEqual(self._state(keys, url), (0, "IN FORCE on"))
        self.card.action_replace()
        self.assertEqual(self._state(keys, url), (3, "REPLACED"))
        self.assertEqual(self._state(keys, self.card.replaced_by_id._get_qr_value()), (0, "IN FORCE on"))
        self.other._do_revoke(self.other.decision_id)
        self.assertEqual(self._state(keys, self.other._get_qr_value()), (3, "REVOKED"))

    def _state(self, keys, url):
        status, said = self._run(keys, url, self._save("status.json"))
        last = said.strip().splitlines()[-1]
        return status, last.split(":")[0] if status else " ".join(last.split()[:3])

    def test_an_altered_list_is_found_out(self):
        self.card._do_revoke(self.card.decision_id)
        keys, path = self._save("keys.json"), self._save("status.json")
        lists = json.loads(path.read_text())
        for entry in lists:
            entry["list"] = entry["list"].replace(signing.status_mark(self.card.token), "")
        path.write_text(json.dumps(lists))
        status, said = self._run(keys, self.card._get_qr_value(), path)
        self.assertEqual((status, "FALSE LIST" in said), (1, True))

    def test_papers_of_a_retired_key_are_still_checked(self):
        url = self.card._get_qr_value()
        self.env["emulation.signing.key"]._get_current(self.company).with_user(
            self.user_admin
        ).action_rotate()
        self.card._do_revoke(self.card.decision_id)
        keys = self._save("keys.json")
        self.assertEqual(self._run(keys, url)[0], 0)
        self.assertEqual(self._state(keys, url), (3, "REVOKED"))
