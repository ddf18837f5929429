"""Every sentence of the five campaigns names the test that shows it, or what is missing."""

import logging
from collections import Counter

from odoo.tests import TransactionCase, tagged

from ... import tests
from ..helpers.campaign_rows import FAULTS, ROWS, NotYet

_logger = logging.getLogger(__name__)
NUMBER_OF_ROWS = {"C1": 20, "C2": 20, "C3": 25, "C4": 21, "C5": 17}
MOST_NOT_YET = 0  # it only ever goes down


@tagged("post_install", "-at_install")
class TestCampaignRows(TransactionCase):
    def test_every_sentence_has_its_row(self):
        self.assertEqual(Counter(document for document, *_rest in ROWS), NUMBER_OF_ROWS)
        for document, count in NUMBER_OF_ROWS.items():
            numbers = [number for found, number, *_rest in ROWS if found == document]
            self.assertEqual(numbers, list(range(1, count + 1)))

    def test_the_tests_named_exist(self):
        for *row, shown in [*ROWS, *FAULTS]:
            for name in [] if isinstance(shown, NotYet) else [shown] if isinstance(shown, str) else shown:
                with self.subTest(row=row):
                    module, case, test = name.split(".")
                    self.assertTrue(callable(getattr(getattr(getattr(tests, module), case), test)))

    def test_what_is_missing_gets_less(self):
        missing = [row for row in ROWS if isinstance(row[-1], NotYet)]
        _logger.info("%s of %s sentences are not shown yet", len(missing), len(ROWS))
        self.assertLessEqual(len(missing), MOST_NOT_YET)
