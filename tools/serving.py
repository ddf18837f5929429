"""`./dev run` and `./dev shell`."""

import contextlib
import csv
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from . import packages, ports, processes
from .console import Quiet, Stop, say, step, tail
from .locks import exclusive
from .places import MODULE, Places, addon_digest, remove
from .workshop import LANGUAGE, opened

START_LIMIT = 180


def run(checkout, options):
    """Serve the demo database until Ctrl-C."""
    if options.port is not None:
        places = Places.of(checkout)
        packages.use_environment(places)  # if it is there: to name who has a port
        ports.require(options.port, places.key)
    with opened(checkout) as shop:
        busy = "./dev run is already running in this checkout (./dev stop ends it)"
        with exclusive(shop.places.data / "run.lock", busy, wait=False):
            remember_process(shop.places)
            role = demo_database(shop, fresh=options.fresh)
            port = options.port or ports.find(ports.first(shop.places.key))
            tell_address(shop, role, port)
            serve(shop, role, port, options.workers)


def shell(checkout, options):
    """Open Odoo's shell on the demo database."""
    with opened(checkout) as shop:
        role = demo_database(shop)
        command = shop.command(
            "inside/launch", "shell", "-d", shop.databases.name(role), "--no-http", "--log-level=warn"
        )
        former = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the shell
        try:
            return subprocess.run(list(map(str, command)), env=shop.environment(), cwd="/").returncode
        finally:
            signal.signal(signal.SIGINT, former)


def demo_database(shop, fresh=False):
    """Return the role of the database with demo data, in step with the files of the checkout."""
    databases, role = shop.databases, "run"
    with exclusive(shop.places.data / "run_database.lock"):
        stamp = addon_digest(shop.places.checkout)
        if fresh or not databases.exists(role):
            template = shop.template(demo=True)
            step("installing the addon with its demo data")
            databases.copy(template, "run_part")
            name = databases.name("run_part")
            options = ["--demo", "--settle", "--language", LANGUAGE]
            shop.job("install.log", "install", name, MODULE, *options, what="installing the addon")
            databases.rename("run_part", role)
            databases.set_note(role, stamp)
        elif databases.note(role) != stamp:
            step("the addon's files have changed: updating the database (--fresh would start anew)")
            shop.job("update.log", "update", databases.name(role), MODULE, what="updating the addon")
            databases.set_note(role, stamp)
    return role


def tell_address(shop, role, port):
    """Let links in mails and codes on papers lead to this server: Odoo learns its address when ``admin`` logs in."""
    shop.databases.server.sql(
        "update ir_config_parameter set value = %(address)s where key = 'web.base.url'",
        database=shop.databases.name(role),
        parameters={"address": f"http://127.0.0.1:{port}"},
    )


def serve(shop, role, port, workers):
    """Run Odoo in the foreground."""
    log = shop.places.logs / "run.log"
    try:
        with served(shop, role, port, workers, log) as process:
            step("ready")
            announce(shop, port, log)
            status = process.wait()
            raise Stop(f"Odoo ended by itself (exit status {status}):\n{tail(log)}\n\nThe whole log: {log}")
    except KeyboardInterrupt:
        say("\nstopping")


@contextlib.contextmanager
def served(shop, role, port, workers, log):
    """Serve a database until the block ends; give the process once it answers."""
    name = shop.databases.name(role)
    remove(log)
    command = shop.command(
        "inside/launch", "-d", name, f"--db-filter=^{name}$", "-p", port, "--gevent-port", port + 1,
        "--workers", workers, "--max-cron-threads", 1,
    )  # fmt: skip
    process = processes.start(command, log=log, env=shop.environment())
    try:
        wait_for(process, port, log)
        yield process
    finally:
        processes.end(process)


def wait_for(process, port, log):
    """Wait until this Odoo, and not another server, answers a request."""
    limit = time.monotonic() + START_LIMIT
    quiet = Quiet("Odoo is starting")
    while not (ports.is_served_by(port, process.pid) and answers(port)):
        if process.poll() is not None or time.monotonic() > limit:
            raise Stop(f"Odoo does not start:\n{tail(log)}\n\nThe whole log: {log}")
        quiet.speak()
        time.sleep(0.2)


def answers(port):
    """Tell whether what listens on this port answers a request as Odoo does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=20) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def announce(shop, port, log):
    """Print where to go and who one can be there: the first login of every role."""
    path = shop.places.checkout / "demo/logins.csv"
    rows = logins(path)
    shown = first_of_each_role(rows)
    width = max(len(row["login"]) for row in shown)
    secret = max(len(row["password"]) for row in shown)
    say(f"\n  http://127.0.0.1:{port}/\n")
    for row in shown:
        role = " · ".join(filter(None, (row["role_vi"], row["role_en"])))
        say(f"  {row['login']:<{width}}  {row['password']:<{secret}}  {role}")
    if len(shown) < len(rows):
        say(f"  … and {len(rows) - len(shown)} more: {path.relative_to(shop.places.checkout)}")
    say(f"\n  Log: {log}\n  Ctrl-C stops everything.")


def first_of_each_role(rows):
    """Return the rows whose English role has not come before.

    >>> rows = [{"login": "a", "role_en": "Officer"}, {"login": "b", "role_en": "Officer"}]
    >>> [row["login"] for row in first_of_each_role(rows)]
    ['a']
    """
    first = {}
    for row in rows:
        first.setdefault(row["role_en"], row)
    return list(first.values())


def logins(path):
    """Return the demo logins: login, password, role_en, role_vi."""
    administrator = {
        "login": "admin",
        "password": "admin",
        "role_vi": "Quản trị hệ thống",
        "role_en": "Administrator",
    }
    if not path.is_file():
        return [administrator]
    with path.open(newline="", encoding="utf-8") as file:
        rows = [
            {key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)
        ]
    return rows or [administrator]


def remember_process(places):
    """Note the process `./dev stop` ends."""
    (places.data / "run.pid").write_text(str(os.getpid()))
