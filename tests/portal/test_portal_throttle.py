from odoo.tests import tagged
from werkzeug.exceptions import TooManyRequests

from ...controllers.portal import throttle
from ..helpers.portal_cases import CASES
from ..helpers.portal_common import PortalCommon

FACTOR = "hr_emulation.portal_limit_factor"


@tagged("post_install", "-at_install")
class TestPortalThrottle(PortalCommon):
    """A flood by hand is stopped, each visitor for itself; an agency whose proxy does that switches it off."""

    def _hit(self, key=("x",), times=1, now=0.0):
        for _time in range(times):
            throttle.check(self.env, key, 3, 60, now=now)

    def test_the_limit_is_per_visitor_and_minute(self):
        self._hit(times=3)
        with self.assertRaises(TooManyRequests):
            self._hit(now=59.0)
        self._hit(("y",), times=3)
        self._hit(now=61.0)

    def test_memory_is_bounded(self):
        for number in range(throttle.MAX_KEYS + 50):
            self._hit(("key", number))
        self.assertLessEqual(len(throttle._hits), throttle.MAX_KEYS)

    def test_the_factor_of_the_agency(self):
        parameters = self.env["ir.config_parameter"]
        for text, factor in (("2", 2), ("0.5", 0.5), ("-3", 0), ("nonsense", 1), ("0", 0)):
            parameters.set_param(FACTOR, text)
            with self.subTest(text=text):
                self.assertEqual(throttle.get_factor(self.env), factor)
        self._hit(times=100)

    def test_flood_is_stopped(self):
        self.env["ir.config_parameter"].set_param(FACTOR, "1")
        self.login(self.an)
        url = f"/my/emulation/commendations/{self.mine.id}/request"
        codes = [self.post(url, {"kind": "correction", "text": ""}).status_code for _time in range(12)]
        self.assertEqual(codes, [422] * 10 + [429] * 2)
        self.login(self.binh)
        self.assertEqual(self.post(url, {}).status_code, 404, "others are not held up")

    def test_every_form_is_throttled(self):
        """A visitor over the limit is stopped at every form."""
        self.env["ir.config_parameter"].set_param(FACTOR, "0.000001")
        self.login(self.chi)
        for rule, (_kind, record, form) in CASES.items():
            if form is None or form == "jsonrpc" or record:
                continue
            with self.subTest(route=rule):
                throttle.forget()
                self.assertIn(self.post(rule, {}).status_code, (303, 422))
                self.assertEqual(self.post(rule, {}).status_code, 429)
