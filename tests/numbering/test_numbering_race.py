"""Clerks take and type numbers at the same moment, on real connections of their own."""

from threading import Barrier, Thread

from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.race_common import RaceCase

YEAR = 2090  # nobody else's
CLERKS = 4


@tagged("post_install", "-at_install")
class TestNumberingRace(RaceCase):
    model = "emulation.campaign.document"

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)
        with self.connection() as env:
            self.company_id = env.company.id
            campaign = env["emulation.campaign"].create({"name": "Tranh số"})
            documents = env["emulation.campaign.document"].create(
                [{"campaign_id": campaign.id, "issue_date": f"{YEAR}-01-02"} for _clerk in range(CLERKS)]
            )
            self.ids = documents.ids

    def clean_up(self):
        with self.connection() as env:
            documents = env["emulation.campaign.document"].search([("issue_date", ">=", f"{YEAR}-01-01")])
            documents.campaign_id.unlink()
            env["emulation.number.series"].search([("year", "=", YEAR)])._with_seal().unlink()

    def document(self, env, index):
        return env[self.model].browse(self.ids[index])

    @staticmethod
    def take_number(document):
        document.action_take_number()

    def numbers(self):
        with self.connection() as env:
            return sorted(env[self.model].browse(self.ids).mapped(lambda one: one.number or ""))

    def at_once(self, *deeds):
        """Run each deed on a connection of its own, as the server runs requests; return what each raised."""
        barrier, raised = Barrier(len(deeds)), [None] * len(deeds)

        def run(index, deed):
            try:
                with self.connection() as env:
                    tries = iter([barrier.wait])

                    def request():
                        document = self.document(env, index)
                        document.mapped("state")  # the transaction has begun
                        next(tries, lambda: None)()
                        deed(document)

                    retrying(request, env)
            except Exception as error:  # what a user would be told, whatever it is
                raised[index] = error

        threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
        with mute_logger("odoo.service.model", "odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return raised

    def test_the_first_number_of_a_year_taken_by_four(self):
        raised = self.at_once(*[self.take_number] * CLERKS)
        self.assertEqual(raised, [None] * CLERKS)
        self.assertEqual(self.numbers(), ["1", "2", "3", "4"])

    def test_the_same_number_typed_by_two(self):
        def type_number(spelling):
            return lambda document: document.write({"number": spelling})

        raised = [error for error in self.at_once(type_number("1"), type_number("01")) if error]
        self.assertEqual(len(raised), 1)
        self.assertIsInstance(raised[0], ValidationError)
        self.assertNotIn("duplicate key", str(raised[0]))

    def test_one_types_what_another_takes(self):
        with self.connection() as clerk:
            self.document(clerk, 0).write({"number": "01"})
            clerk.flush_all()
            taker = Thread(target=self.take, args=(1,))
            taker.start()  # waits for the clerk's line in the index
            self.wait_for_lock(taker)
        taker.join()
        self.assertEqual(self.numbers(), ["", "", "01", "2"])

    def take(self, index):
        with self.connection() as env, mute_logger("odoo.service.model", "odoo.sql_db"):
            retrying(lambda: self.take_number(self.document(env, index)), env)

    def wait_for_lock(self, thread):
        """Return when some connection waits for another's transaction to end, or nobody is left to wait."""
        with self.connection() as watcher:
            waiting = 0
            while thread.is_alive() and not waiting:
                watcher.cr.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                (waiting,) = watcher.cr.fetchone()
                watcher.cr.rollback()

    def test_who_gives_up_leaves_no_gap(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            self.take_number(self.document(env, 0))
            cr.rollback()
        self.take(1)
        self.assertEqual(self.numbers(), ["", "", "", "1"])

    def test_the_last_loser_reads_a_sentence(self):
        with self.connection() as late:
            self.document(late, 0).mapped("state")
            self.take(1)
            with self.assertRaises(UserError) as error, mute_logger("odoo.sql_db"):
                self.take_number(self.document(late, 0))
            self.assertIsInstance(error.exception, ConcurrencyError)
            self.assertIn("try again", str(error.exception))
            late.cr.rollback()


@tagged("post_install", "-at_install")
class TestDecisionNumberRace(TestNumberingRace):
    """The same on decisions: typed and automatic, at once."""

    allow_inherited_tests_method = True
    model = "emulation.decision"

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            decisions = env["emulation.decision"].create(
                [
                    {"company_id": self.company_id, "abstract": "Tranh số", "issue_date": f"{YEAR}-01-02"}
                    for _clerk in range(CLERKS)
                ]
            )
            self.ids = decisions.ids

    @staticmethod
    def take_number(document):
        document._with_seal()._take_number()  # as issuing does

    def clean_up(self):
        with self.connection() as env:
            mine = [("issue_date", ">=", f"{YEAR}-01-01")]
            env["emulation.decision"].search(mine)._with_seal().unlink()
        return super().clean_up()


@tagged("post_install", "-at_install")
class TestSharedSeriesRace(TestDecisionNumberRace):
    """Decisions on awards and on initiatives, in one series, at once: no index of one table sees the other."""

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            values = {"company_id": self.company_id, "issue_date": f"{YEAR}-01-02"}
            self.others = env["emulation.recognition"].create([values] * 2).ids

    def document(self, env, index):
        """Every second one is a decision on initiatives."""
        if index % 2:
            return env["emulation.recognition"].browse(self.others[index // 2])
        return env[self.model].browse(self.ids[index])

    def numbers(self):
        with self.connection() as env:
            return sorted(self.document(env, index).number or "" for index in range(CLERKS))

    def clean_up(self):
        with self.connection() as env:
            env["emulation.recognition"].browse(self.others)._with_seal().unlink()
        return super().clean_up()
