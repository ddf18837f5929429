"""Members cast at the same moment, on real connections of their own."""

import base64
import io
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import requests
from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import get_db_name, tagged
from odoo.tools import config

from ..helpers.common import give_rule
from ..helpers.council_common import keep_keys_apart
from ..helpers.race_common import RaceCase


class CouncilRaceCommon(RaceCase):
    members = 4

    def setUp(self):
        super().setUp()
        self.key_folder = keep_keys_apart(self)
        self.addCleanup(self.clean_up)
        with self.connection() as env:
            users = env["res.users"].create(
                [
                    {
                        "login": f"emulation_vote_race_{number}",
                        "name": f"Thành viên {number}",
                        "group_ids": [Command.set(env.ref("base.group_user").ids)],
                    }
                    for number in range(self.members)
                ]
            )
            employees = env["hr.employee"].create([{"name": user.name, "user_id": user.id} for user in users])
            council = env["emulation.council"].create(
                {
                    "name": "Hội đồng thử tranh chấp",
                    "member_ids": [
                        Command.create({"employee_id": employee.id, "role": "member"})
                        for employee in employees
                    ],
                }
            )
            award = env["emulation.award"].create({"code": "TEST-VOTE-RACE", "name": "Thử bỏ phiếu"})
            book = give_rule(award)
            records, partners = self.create_proposals(env, award, 3)
            records._do_submit()
            records._do_appraise()
            session = env["emulation.session"]._create_for(council, records)
            session.write({"chair_id": council.member_ids[0].id, "secretary_id": council.member_ids[1].id})
            session.action_all_present()
            session.action_open()
            self.session_id, self.user_ids = session.id, users.ids
            self.made = [
                ("emulation.commendation", records.ids),
                ("emulation.council", council.ids),
                ("hr.employee", employees.ids),
                ("emulation.rulebook", book.ids),
                ("emulation.award", award.ids),
            ]
            self.partner_ids = partners.ids

    def clean_up(self):
        with self.connection() as env:
            env.cr.execute(
                "DELETE FROM emulation_ballot b USING emulation_session_item i "
                "WHERE i.id = b.item_id AND i.session_id = %s",
                [self.session_id],
            )
            env.cr.execute(
                "DELETE FROM emulation_ballot_envelope e USING emulation_session_attendance a "
                "WHERE a.id = e.attendance_id AND a.session_id = %s",
                [self.session_id],
            )
            for table in ("emulation_session_item", "emulation_session_attendance"):
                env.cr.execute(f"DELETE FROM {table} WHERE session_id = %s", [self.session_id])
            env.cr.execute("DELETE FROM emulation_session WHERE id = %s", [self.session_id])
            for model, ids in self.made:
                env["mail.message"].search([("model", "=", model), ("res_id", "in", ids)]).unlink()
                env["mail.activity"].with_context(active_test=False).search(
                    [("res_model", "=", model), ("res_id", "in", ids)]
                ).unlink()
                if model == "emulation.commendation":
                    env.cr.execute("DELETE FROM emulation_commendation WHERE id = ANY(%s)", [ids])
                else:
                    env[model].browse(ids).unlink()
            env["mail.message"].search(
                [("model", "=", "emulation.session"), ("res_id", "=", self.session_id)]
            ).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id | env["res.partner"].browse(self.partner_ids)
            users.write({"group_ids": [Command.set(env.ref("base.group_user").ids)]})
            users.unlink()
            partners.unlink()

    def cast(self, env, choice):
        session = env["emulation.session"].sudo().browse(self.session_id)
        session._do_cast(env.user, dict.fromkeys(session.item_ids.ids, choice))

    def close(self, env):
        env["emulation.session"].browse(self.session_id)._do_close()

    def play(self, deed, user_id=SUPERUSER_ID):
        """Do something on a connection of its own as the web server does: again after a conflict.

        :return: None, or the text of the refusal
        """
        with self.connection(user_id) as env:
            try:
                retrying(lambda: deed(env), env)
            except UserError as error:
                env.cr.rollback()
                return str(error)
        return None

    def count(self):
        """Return {choice: number} after the vote was closed."""
        with self.connection() as env:
            env.cr.execute(
                "SELECT choice, count(*) FROM emulation_ballot b JOIN emulation_session_item i ON i.id = b.item_id "
                "WHERE i.session_id = %s GROUP BY 1",
                [self.session_id],
            )
            return dict(env.cr.fetchall())

    def get_box_size(self):
        with self.connection() as env:
            env.cr.execute(
                "SELECT count(*) FROM emulation_ballot_envelope e "
                "JOIN emulation_session_attendance a ON a.id = e.attendance_id WHERE a.session_id = %s",
                [self.session_id],
            )
            return env.cr.fetchone()[0]

    def start_blocked(self, deed, user_id=SUPERUSER_ID):
        """Start something on another connection that has to wait for a lock; return once it waits.

        :return: a function that waits for its end and returns what ``play`` returned
        """
        outcome = []
        thread = Thread(target=lambda: outcome.append(self.play(deed, user_id)))
        thread.start()
        with self.connection() as env:
            while thread.is_alive() and not self.is_blocked(env):
                pass

        def finish():
            thread.join()
            return outcome[0]

        if not thread.is_alive():
            self.fail(f"it did not wait: {finish()}")
        return finish

    @staticmethod
    def is_blocked(env):
        """Return whether a connection waits for a line of an attendance list."""
        env.cr.execute("SELECT pg_stat_clear_snapshot()")
        env.cr.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock' AND query LIKE '%emulation_session_attendance%'"
        )
        return env.cr.fetchone()[0]


@tagged("post_install", "-at_install", "security")
class TestCouncilRace(CouncilRaceCommon):
    def test_two_members_at_once_do_not_wait_for_each_other(self):
        first_user, second_user = self.user_ids[:2]
        with self.connection(first_user) as first, self.connection(second_user) as second:
            self.cast(first, "agree")
            self.cast(second, "disagree")
        self.assertEqual(self.get_box_size(), 2)
        self.assertIsNone(self.play(self.close))
        self.assertEqual(self.count(), {"agree": 3, "disagree": 3})

    def test_one_member_in_two_windows_votes_once(self):
        user_id = self.user_ids[0]
        with self.connection(user_id) as first:
            self.cast(first, "agree")
            finish = self.start_blocked(lambda env: self.cast(env, "disagree"), user_id)
        self.assertIn("voted already", finish())
        self.assertIn("voted already", self.play(lambda env: self.cast(env, "blank"), user_id))
        self.assertIsNone(self.play(self.close))
        self.assertEqual(self.count(), {"agree": 3})

    def test_a_vote_does_not_slip_in_after_the_session_closed(self):
        for user_id in self.user_ids[:3]:
            self.assertIsNone(self.play(lambda env: self.cast(env, "agree"), user_id))
        with self.connection(self.user_ids[3]) as last:
            # This member's page was open before.
            last["emulation.session"].sudo().browse(self.session_id).mapped("state")
            self.assertIsNone(self.play(self.close))
            with self.assertRaisesRegex(AccessError, "vote is closed"):
                retrying(lambda: self.cast(last, "disagree"), last)
        self.assertEqual(self.count(), {"agree": 9})
        self.assertEqual(self.get_box_size(), 0)

    def test_closing_waits_for_a_vote_on_its_way_and_counts_it(self):
        with self.connection(self.user_ids[0]) as first:
            self.cast(first, "disagree")
            finish = self.start_blocked(self.close)
        self.assertIsNone(finish())
        self.assertEqual(self.count(), {"disagree": 3})

    def test_a_request_played_again_leaves_no_choice_in_the_log(self):
        """Everything any logger of Odoo says, statements included, while two windows of a member collide."""
        user_id = self.user_ids[0]
        with self.assertLogs("odoo", level="DEBUG") as logs:
            with self.connection(user_id) as first:
                self.cast(first, "disagree")
                finish = self.start_blocked(lambda env: self.cast(env, "disagree"), user_id)
            self.assertIn("voted already", finish())
        self.assertTrue([line for line in logs.output if "emulation_ballot_envelope" in line])
        for line in logs.output:
            self.assertNotIn("'disagree'", line)
            self.assertFalse(line.startswith("ERROR"), line)

    def test_a_copy_of_the_database_tells_nothing(self):
        """What pg_dump would write, before and after a vote: the box has grown, no choice and no key is in it."""
        before = self.dump()
        self.assertIsNone(self.play(lambda env: self.cast(env, "disagree"), self.user_ids[0]))
        after = self.dump()
        new = [line for table in after for line in after[table] - before[table]]
        self.assertTrue(
            any(line.split("\t")[-1].startswith("\\\\x") for line in new), "the sealed ballot is there"
        )
        self.assertFalse([line for line in new if "agree" in line or "blank" in line])
        self.assertFalse(after["emulation_ballot"])
        with self.connection() as env:
            private = self.key_folder.get_private(env["emulation.session"].browse(self.session_id).key_name)
        text = "\n".join(line for lines in after.values() for line in lines)
        for form in (private.hex(), base64.b64encode(private).decode(), repr(private)[2:-1]):
            self.assertNotIn(form, text)

    def dump(self):
        """Return {table: its lines, as pg_dump writes them}."""
        with self.connection() as env:
            env.cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [table for (table,) in env.cr.fetchall()]
            return {table: self.copy_out(env, table) for table in tables}

    def copy_out(self, env, table):
        out = io.StringIO()
        env.cr._obj.copy_expert(f'COPY "{table}" TO STDOUT', out)
        return set(out.getvalue().splitlines())

    def test_nothing_in_the_tables_joins_voter_and_ballot(self):
        """Ids, transactions, places on the disk and times, while the vote is open and after it."""
        choices = ("agree", "disagree", "agree", "blank")
        for user_id, choice in zip(self.user_ids, choices, strict=True):
            self.assertIsNone(self.play(lambda env, choice=choice: self.cast(env, choice), user_id))
        with self.connection() as env:
            env.cr.execute("SELECT count(*) FROM emulation_ballot")
            self.assertEqual(env.cr.fetchone(), (0,), "while it is open there is nothing to join with")
        self.assertIsNone(self.play(self.close))
        with self.connection() as env:
            env.cr.execute(
                "SELECT DISTINCT b.xmin::text, a.xmin::text, a.write_date, a.write_uid FROM emulation_ballot b "
                "JOIN emulation_session_item i ON i.id = b.item_id "
                "JOIN emulation_session_attendance a ON a.session_id = i.session_id WHERE i.session_id = %s",
                [self.session_id],
            )
            rows = env.cr.fetchall()
            self.assertEqual(len(rows), 1, "all lines and all ballots look alike")
            self.assertEqual(
                rows[0][0], rows[0][1], "all was written by the one transaction that closed the vote"
            )


@tagged("post_install", "-at_install", "security")
class TestCouncilCrowd(CouncilRaceCommon):
    """A hundred members double-click at the same time, on two workers."""

    members = 100

    def test_nobody_is_lost_and_nobody_counts_twice(self):
        clicks = [(user_id, choice) for user_id in self.user_ids for choice in ("agree", "disagree")]
        with (
            patch("odoo.service.model.random.uniform", return_value=0),  # conflicts are played again at once
            ThreadPoolExecutor(max_workers=4) as workers,
        ):
            outcomes = list(
                workers.map(lambda click: self.play(lambda env: self.cast(env, click[1]), click[0]), clicks)
            )
        refused = [outcome for outcome in outcomes if outcome]
        self.assertEqual(len(refused), self.members)
        self.assertTrue(all("voted already" in outcome for outcome in refused))
        self.assertEqual(self.get_box_size(), self.members)
        self.assertIsNone(self.play(self.close))
        self.assertEqual(sum(self.count().values()), 3 * self.members)


@tagged("post_install", "-at_install", "security")
class TestCouncilCrowdOverHttp(CouncilRaceCommon):
    """The same with browsers: two worker processes, each member's form sent twice at the same moment."""

    members = 100

    def setUp(self):
        super().setUp()
        # The workers look for keys where Odoo keeps its files.
        link = Path(config["data_dir"]) / "emulation_ballot_keys" / get_db_name()
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(self.key_folder.path)
        self.addCleanup(link.unlink)

    def open_ballot(self, url, cookies):
        """Return what the browser of a member sends: address, cookies, form."""
        page = requests.get(url, cookies=cookies, timeout=120)
        self.assertEqual(page.status_code, 200, page.text[:2000])
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        names = sorted(set(re.findall(r'name="(item-\d+)"', page.text)))
        self.assertEqual(len(names), 3)
        form = {"csrf_token": token, **dict(zip(names, ("agree", "disagree", "blank"), strict=True))}
        return f"{url}/cast", cookies, form

    @staticmethod
    def send(click):
        address, cookies, form = click
        return requests.post(address, form, cookies=cookies, timeout=120, allow_redirects=False).status_code

    def test_double_clicks_on_two_workers(self):
        with self.connection() as env:
            cookies = [self.log_in(env, user) for user in env["res.users"].browse(self.user_ids)]
        with self.serving(workers=2) as (address, log), ThreadPoolExecutor(max_workers=8) as browsers:
            url = f"{address}/my/emulation/ballots/{self.session_id}"
            clicks = list(browsers.map(lambda own: self.open_ballot(url, own), cookies))
            twice = chain.from_iterable((click, click) for click in clicks)
            answers = Counter(browsers.map(self.send, twice))
        self.assertEqual(
            answers, {303: self.members, 422: self.members}, "counted once, and told so the second time"
        )
        faults = [line for line in log if " ERROR " in line or " CRITICAL " in line or "disagree" in line]
        self.assertFalse(faults)
        self.assertEqual(self.get_box_size(), self.members)
        self.assertIsNone(self.play(self.close))
        self.assertEqual(self.count(), dict.fromkeys(("agree", "disagree", "blank"), self.members))
