"""Real connections on committed data: what tests of races, crashes and copies have in common."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import odoo
from odoo import SUPERUSER_ID, api, fields
from odoo.http import get_default_session, root
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.security import compute_session_token
from odoo.tests import BaseCase, get_db_name
from odoo.tools import config

from .common import give_rule

# Another server: it connects as this one does and runs a program with ``env`` and ``values``.
OTHER_SERVER = """
import json, sys, time
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config
options, database, program, values = json.loads(sys.argv[1])
config.parse_config(options)
load_server_wide_modules()
registry = Registry(database)
with registry.cursor() as cursor:
    exec(program, {"env": api.Environment(cursor, SUPERUSER_ID, {}), "values": values})
print("finished", flush=True)
"""


class RaceCase(BaseCase):
    """Works on committed data, so each test cleans up behind itself."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # Whoever runs the tests holds the lock of the registries; threads of a test would wait for ever.
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))

    @contextmanager
    def connection(self, user_id=SUPERUSER_ID):
        """Give an environment on a connection of its own, committed at the end."""
        with self.registry.cursor() as cr:
            yield self.environment(cr, user_id)

    @staticmethod
    def environment(cr, user_id=SUPERUSER_ID):
        return api.Environment(cr, user_id, {"tracking_disable": True, "no_reset_password": True})

    @contextmanager
    def serving(self, workers):
        """Serve the database by that many worker processes.

        :return: the address, and the lines of the server's log so far
        """
        port, events = find_ports(2)
        launcher = Path(__file__).resolve().parents[2] / "tools/inside/launch.py"
        options = [
            *("-d", get_db_name(), f"--db-filter=^{re.escape(get_db_name())}$", "--http-interface=127.0.0.1"),
            *(
                f"--http-port={port}",
                f"--gevent-port={events}",
                f"--workers={workers}",
                "--max-cron-threads=0",
            ),
            *get_server_options(),
        ]
        environ = {
            **os.environ,
            "HR_EMULATION_ODOO": str(Path(odoo.__path__[0]).parent),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        server = subprocess.Popen(
            [sys.executable, str(launcher), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
            cwd="/",
        )
        log = []
        try:
            for line in server.stderr:
                log.append(line)
                if "Worker WorkerHTTP" in line:  # it listens since before its workers were started
                    break
            self.assertIsNone(server.poll(), "".join(log[-20:]))
            reader = Thread(target=lambda: log.extend(server.stderr), daemon=True)
            reader.start()
            yield f"http://127.0.0.1:{port}", log
        finally:
            server.terminate()
            server.wait()

    @staticmethod
    def log_in(env, user):
        """Return the cookie of a new session of a user."""
        session = root.session_store.new()
        session.update(get_default_session(), db=get_db_name(), _trace_disable=True)
        session.uid, session.login = user.id, user.login
        session.session_token = compute_session_token(session, env(user=user.id))
        session.context = dict(env(user=user.id)["res.users"].context_get())
        root.session_store.save(session)
        return {"session_id": session.sid}

    def kill_elsewhere(self, program, **values):
        """Run a program in another server and kill that server when it says "in the middle"."""
        task = json.dumps([get_server_options(), get_db_name(), program, values])
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        server = subprocess.Popen(
            [sys.executable, "-c", OTHER_SERVER, task],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
            cwd="/",
        )
        try:
            said = server.stdout.readline().strip()
            os.kill(server.pid, signal.SIGKILL)
        finally:
            server.kill()
            _output, errors = server.communicate()
        self.assertEqual(said, "in the middle", errors[-2000:])

    @staticmethod
    def create_proposals(env, award, number):
        """Create drafts for people from outside; returns the drafts and the people."""
        partners = env["res.partner"].create([{"name": f"Ông bà {index}"} for index in range(number)])
        values = {
            "recipient_type": "partner",
            "award_id": award.id,
            "company_id": env.company.id,
            "rulebook_id": False,
            "period_from": "2025-01-01",
            "period_to": "2025-12-31",
            "summary": "Giúp đỡ cơ quan.",
        }
        records = env["emulation.commendation"].create(
            [{**values, "partner_id": partner.id} for partner in partners]
        )
        return records, partners


def get_server_options():
    """Return how another process finds the same addons, files and database server."""
    return [
        f"--addons-path={','.join(config['addons_path'])}",
        f"--data-dir={config['data_dir']}",
        *(
            f"--{name}={config[name]}"
            for name in ("db_host", "db_port", "db_user", "db_password")
            if config[name]
        ),
    ]


def find_ports(count):
    """Return numbers of ports nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _number in range(count)]
    try:
        return [found.getsockname()[1] for found in sockets]
    finally:
        for found in sockets:
            found.close()


class DecisionRaceCase(RaceCase):
    """A committed decision, ready to be issued, about ``count`` people from outside."""

    count = 3

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            self.series = {line.id: line.last for line in env["emulation.number.series"].search([])}
            self.parameters = self.get_parameters(env)
            self.key_ids = env["emulation.signing.key"].search([]).ids
            env["ir.config_parameter"].set_param("hr_emulation.public_address", "https://thidua.example.org")
            self.create_decision(env)
        self.addCleanup(self.clean_up)

    def create_decision(self, env):
        people = env["res.partner"].create([{"name": f"Ông bà {index}"} for index in range(self.count)])
        signer = env["hr.employee"].create({"name": "Vũ Ký Tên", "job_title": "Giám đốc"})
        award = env["emulation.award"].create(
            {"name": "Giấy khen", "code": "TEST-RACE", "kind": "form", "level": "grassroots"}
        )
        book = give_rule(award)
        lines = env["emulation.commendation"].create(
            [
                {"recipient_type": "partner", "partner_id": person.id, "award_id": award.id}
                for person in people
            ]
        )
        versions = lines._get_employee_versions(fields.Date.today())
        for line in lines:
            line._write_protected({**line._prepare_snapshot(versions), "state": "appraised"})
        salary = env["emulation.base.salary"]
        if not salary.search([], limit=1):
            salary = salary.create({"date_from": "2024-07-01", "amount": 2_340_000})
        decision = env["emulation.decision"].create({"signer_id": signer.id, "issue_date": "2025-01-06"})
        decision._do_add(lines)
        self.decision_id, self.line_ids = decision.id, lines.ids
        self.made = [(record._name, record.ids) for record in (salary, book, award, signer, people)]

    @staticmethod
    def environment(cr, user_id=SUPERUSER_ID):
        return api.Environment(cr, user_id, {"tracking_disable": True, "force_report_rendering": True})

    @staticmethod
    def get_parameters(env):
        found = env["ir.config_parameter"].search([("key", "like", "hr_emulation.")])
        return {parameter.key: parameter.value for parameter in found}

    def decision(self, env):
        return env["emulation.decision"].browse(self.decision_id)

    def issue(self):
        with self.connection() as env:
            self.decision(env)._do_issue()

    def clean_up(self):
        with self.connection() as env:
            decision = self.decision(env)
            cards = decision.certificate_ids
            papers = {
                cards._name: cards.ids,
                decision._name: decision.ids,
                "emulation.commendation": self.line_ids,
            }
            about = [
                env[model].search([(owner, "=", name), ("res_id", "in", ids)])
                for owner, model in (("res_model", "ir.attachment"), ("model", "mail.message"))
                for name, ids in papers.items()
            ]
            env.cr.execute(
                "UPDATE emulation_decision SET document_attachment_id = NULL WHERE id = %s", [decision.id]
            )
            env.cr.execute("DELETE FROM emulation_certificate WHERE id = ANY(%s)", [cards.ids])
            env.cr.execute("DELETE FROM emulation_commendation WHERE id = ANY(%s)", [self.line_ids])
            env.cr.execute("DELETE FROM emulation_decision WHERE id = %s", [decision.id])
            env.invalidate_all()
            for records in about:
                records.unlink()
            for model, ids in self.made:
                env[model].browse(ids).unlink()
            self.turn_back(env)

    def turn_back(self, env):
        for line in env["emulation.number.series"].search([]):
            if line.id not in self.series:
                line._with_seal().unlink()
            else:
                line.last = self.series[line.id]
        keys = env["emulation.signing.key"].search([("id", "not in", self.key_ids)])
        store = env["emulation.installation"]._get_key_store()
        for name in keys.mapped("key_id"):
            store.forget(name)
        keys._with_seal().unlink()
        env.cr.execute("UPDATE emulation_signing_key SET retired_on = NULL, stolen_on = NULL")
        for key in self.get_parameters(env):
            env["ir.config_parameter"].set_param(key, self.parameters.get(key, False))
