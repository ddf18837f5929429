"""Everything a command works with, brought up in the right order and torn down again."""

import ast
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from . import machine, odoo_home, packages, postgres, processes, reasons, unpatched
from .console import Stop, size, step, tail
from .databases import Databases
from .locks import exclusive
from .places import MODULE, Places, digest, remove

LANGUAGE = "vi_VN"
# Raise it when the way a template database is made changes.
TEMPLATE_EDITION = 2
# Roles of databases that can be made again.
REMADE = ("template_", "prepared", "test_", "i18n", "bench", "check_install", "run_part")
# Variables of the person's own shell that would change what Odoo does.
HIDDEN = ("ODOO_", "PG", "PYTHON", "DATABASE_URL")


class Workshop:
    """A checkout with its Odoo, Python packages, PostgreSQL and databases."""

    def __init__(self, places, odoo, venv, server, programs, tools, temporary):
        self.places = places
        self.odoo = odoo
        self.venv = venv
        self.server = server
        self.databases = Databases(places, server)
        self.programs = programs
        self.tools = tools
        self.temporary = temporary

    def environment(self, **more):
        """Return the environment variables Odoo runs with."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(HIDDEN)}
        path = [*map(str, self.programs), str(self.venv / "bin"), kept.get("PATH", "/usr/bin:/bin")]
        return {
            **kept,
            "PATH": os.pathsep.join(path),
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONPYCACHEPREFIX": str(self.places.cache / "pycache"),
            "TMPDIR": str(self.temporary),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.places.data / "hypothesis"),
            "HR_EMULATION_ODOO": str(self.odoo.path),
            "ODOO_RC": str(self.configuration()),
            **self.tools,
            **more,
        }

    def configuration(self):
        """Write Odoo's configuration file and return its path."""
        known = self.server.connection
        options = {
            "addons_path": ",".join(map(str, (self.places.addons, *self.odoo.addons))),
            "data_dir": self.places.data / "odoo",
            "http_interface": "127.0.0.1",
            "list_db": "False",
            "db_host": known.host,
            "db_port": known.port,
            "db_user": known.user,
            "db_password": known.password,
            "db_sslmode": known.sslmode,
        }
        text = "[options]\n" + "".join(f"{key} = {value}\n" for key, value in options.items() if value)
        path = self.places.data / "odoo.conf"
        if not path.exists() or path.read_text() != text:
            part = path.with_suffix(f".{os.getpid()}")
            part.touch(mode=0o600)
            part.write_text(text)
            part.rename(path)
        return path

    def command(self, script, *arguments):
        """Return the command line of one of the programs of tools/ that run inside Odoo."""
        return [self.venv / "bin/python", packages.HERE / f"{script}.py", *arguments]

    def job(self, log, *arguments, timeout=900, what, **variables):
        """Run one of the jobs of `inside/jobs.py` to its end, with more variables if asked; its log goes to a file."""
        path = self.places.logs / log
        remove(path)
        mark = size(self.server.log)
        command = self.command("inside/jobs", *arguments)
        try:
            processes.run(command, log=path, env=self.environment(**variables), timeout=timeout, what=what)
        except Stop as error:
            raise self.explain(error, what, path, mark) from None
        return path

    def explain(self, error, what, log, mark):
        """Return a Stop that says why a job failed: by its own log, or what PostgreSQL has logged since."""
        reason = reasons.find(tail(log, 15)) or reasons.find(tail(self.server.log, 15, mark))
        head = f"{what}: {reason}" if reason == reasons.FULL else error.message
        advice = reasons.ROOM if reason == reasons.FULL else reasons.AGAIN
        return Stop("\n".join([head, "", f"The whole log: {log}", advice]), error.code)

    def distrust(self):
        """Drop what can be made again, after a PostgreSQL that was killed or ran out of disk."""
        step("PostgreSQL ended badly the last time: databases that others are copied from are made again")
        self.databases.drop(*[role for role in self.databases.roles() if role.startswith(REMADE)])

    def template_role(self, demo):
        """Return the role the template database has, or will have: another with each Odoo and set of packages."""
        depends = sorted(manifest(self.places.checkout)["depends"])
        stamp = digest(TEMPLATE_EDITION, self.odoo.stamp, packages.LOCK.read_text(), *depends)
        return f"template_{'demo' if demo else 'plain'}_{stamp}"

    def template(self, demo):
        """Return the role of the template database, made the first time: Odoo, its HR and the language."""
        depends = manifest(self.places.checkout)["depends"]
        kind = "demo" if demo else "plain"
        role = self.template_role(demo)
        with exclusive(self.places.data / f"template_{kind}.lock", "waiting for the template database"):
            if not self.databases.exists(role):
                step(f"creating the template database ({'with' if demo else 'without'} demo data)")
                work = f"template_{kind}_part"
                self.databases.create(work)
                options = ["--demo"] if demo else []
                # Odoo makes the first language loaded everybody's: English, so that tests read what the code says.
                self.job(
                    f"template-{kind}.log", "install", self.databases.name(work), ",".join(depends),
                    "--language", f"en_US,{LANGUAGE}", *options, what="creating the template database",
                )  # fmt: skip
                outdated = [name for name in self.databases.roles(f"template_{kind}_") if name != work]
                self.databases.drop(*outdated)
                self.databases.rename(work, role)
        return role


def manifest(checkout):
    """Return the addon's manifest."""
    try:
        return ast.literal_eval((checkout / "__manifest__.py").read_text())
    except FileNotFoundError:
        raise Stop(f"{checkout} has no __manifest__.py: it is not the addon {MODULE}") from None


@contextmanager
def temporary_folder(parent):
    """Give a folder that is removed in the end; remove those of commands that were killed."""
    for folder in parent.glob("tmp-*"):
        if not Path(f"/proc/{folder.name.removeprefix('tmp-')}").exists():
            shutil.rmtree(folder, ignore_errors=True)
    own = parent / f"tmp-{os.getpid()}"
    own.mkdir(exist_ok=True)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def opened(checkout, *, browser=False):
    """Bring up everything a command needs; on leaving stop what was started."""
    places = Places.of(checkout)
    places.make()
    machine.require_packages(browser=browser)
    machine.require_space(places, browser=browser)
    odoo = odoo_home.find(places)
    venv = packages.environment(places)
    programs = [packages.wkhtmltopdf(places, venv)]
    tools = {"HR_EMULATION_AXE": str(packages.axe(places, venv))} if browser else {}
    other_printer = unpatched.wkhtmltopdf(places) if browser else None
    if other_printer:
        tools["HR_EMULATION_UNPATCHED_WKHTMLTOPDF"] = str(other_printer)
    with (
        postgres.server(places, venv) as server,
        temporary_folder(places.short) as temporary,
    ):
        shop = Workshop(places, odoo, venv, server, programs, tools, temporary)
        if server.ended_badly:
            shop.distrust()
        try:
            yield shop
        finally:
            processes.end_all()
