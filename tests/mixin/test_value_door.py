"""No number, day, id or text comes in that no field can hold: every field of every model, by every way a client has."""

import logging
import math

from odoo.exceptions import ValidationError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..helpers.common import EmulationCommon
from ..helpers.guard_common import OWN
from ..helpers.rpc import RpcCase

_logger = logging.getLogger(__name__)
NUMBERS = (
    *(math.inf, -math.inf, math.nan, 1e308, 10**400, 10**16, [1], {"a": 1}, b"5"),
    *("inf", "NaN", "-Infinity", "1e308", "²", "٣", "0x1F", "1_0", "9" * 5000, "5\x00", "x"),
)
ODD = {
    "integer": (*NUMBERS, 2**31, "2147483648"),
    "float": NUMBERS,
    "monetary": NUMBERS,
    "date": ("31/02/2026", "2026-02-31", "0001-01-01", "9999-12-31", "\x00", "x", 5, [1]),
    "datetime": ("2026-02-31 00:00:00", "9999-12-31 00:00:00", "x", 5, [1]),
    "char": (["x"], ("x",), b"x"),
    "text": (["x"], b"x"),
    "html": (["x"], b"x"),
    "many2one": (-1, 2**31, 10**400),
    "binary": ("x", "ạ", b"eA=", ["eA=="], 5),
}


@tagged("post_install", "-at_install", "security")
class TestValueDoor(EmulationCommon, RpcCase):
    def iter_fields(self):
        """Yield (empty records, field) of all that this addon keeps, its fields on models of others too."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            for field in model._fields.values():
                is_ours = name.startswith("emulation.") or field.name.startswith("emulation_")
                if is_ours and not model._abstract and model._auto and field.type in ODD:
                    yield model, field

    def test_every_field_of_every_model(self):
        count = 0
        for model, field in self.iter_fields():
            for value in ODD[field.type]:
                count += 1
                with (
                    self.subTest(field=str(field), value=str(value)[:20]),
                    self.assertRaises(ValidationError),
                ):
                    model.write({field.name: value})
        _logger.info("value door: %s cases", count)
        self.assertGreater(count, 5000)

    def test_at_birth_too(self):
        count = 0
        for model, field in self.iter_fields():
            if not field.store or field.name in OWN or not model._name.startswith("emulation."):
                continue
            for value in ODD[field.type][:: len(ODD[field.type]) - 1]:
                count += 1
                with (
                    self.subTest(field=str(field), value=str(value)[:20]),
                    self.assertRaises(ValidationError),
                ):
                    model.create({field.name: value})
        _logger.info("value door: %s births", count)
        self.assertGreater(count, 1000)

    def test_what_is_meant_comes_in(self):
        campaign = self.env["emulation.campaign"].with_user(self.user_officer).create({"name": "Thử"})
        for value, kept in ((5, 5), ("7", 7), ("8.0", 8), (0, 0), (1e12, 1e12), ("", 0), (False, 0)):
            campaign.write({"budget": value})
            self.assertEqual(campaign.budget, kept, value)
        for value in ("2026-11-28", False, ""):
            campaign.write({"date_end": value})

    def test_a_client_reads_a_sentence_and_nothing_is_stored(self):
        self.user_officer.lang = "en_US"
        campaign = self.env["emulation.campaign"].with_user(self.user_officer).create({"name": "Thử"})
        for values in (
            {"budget": "nan"},
            {"budget": "Infinity"},
            {"name": ["x"]},
            {"date_end": "31/02/2026"},
        ):
            with self.subTest(values=values), mute_logger("odoo.http"):
                with self.assertRaises(JsonRpcException) as error:
                    self.ask(self.user_officer, "emulation.campaign", "write", campaign.ids, values)
                self.assertEqual(error.exception.args[0], "odoo.exceptions.ValidationError")
        self.assertEqual((campaign.budget, campaign.name), (0, "Thử"))

    def test_what_no_database_stores_is_left_out(self):
        """Zeros and halves of letters, as a client may send them in JSON."""
        line, text, html = "Thử\x00 \ud800một", "Thử\x00\nhai\udfff", "<p>Thử\x00 ba\ud800</p>"
        model = self.env["emulation.campaign"].with_user(self.user_officer)
        texts = {
            kind: next(
                name
                for name in sorted(model._get_creatable())
                if name in model._fields and model._fields[name].type == kind
            )
            for kind in ("text", "html")
            if any(model._fields[name].type == kind for name in model._get_creatable())
        }
        values = {"name": line, **{name: {"text": text, "html": html}[kind] for kind, name in texts.items()}}
        self.assertTrue(texts)
        born = self.ask(self.user_officer, "emulation.campaign", "create", [values])
        campaign = model.browse(born)
        self.assertEqual(campaign.name, "Thử một")
        for kind, name in texts.items():
            self.assertIn({"text": "Thử\nhai", "html": "Thử ba"}[kind], campaign[name])

    def test_the_last_number_of_a_series_is_no_end_of_the_world(self):
        """An administrator typed the largest number there is: who takes the next one reads why it cannot be."""
        series = self.env["emulation.number.series"]
        series._take(self.company, "decision", 2026, 1, lambda numbers: set())
        row = series.search([("company_id", "=", self.company.id), ("year", "=", 2026)], limit=1)
        row.write({"last": 2**31 - 1})
        with self.assertRaises(ValidationError):
            series._take(self.company, row.series, 2026, 1, lambda numbers: set())
