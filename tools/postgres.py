"""The PostgreSQL server: the one named by the environment, else a private one without port or password."""

import os
import pwd
import re
import shlex
import shutil
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from . import packages, reasons
from .console import Stop, complain, size, step, tail
from .locks import Users, exclusive
from .places import private_folder
from .processes import run

OLDEST = 13
NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000", "--")
SETTINGS = """
# Written by ./dev: a server for development, fast rather than safe against a power cut.
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
max_wal_size = 2GB
checkpoint_timeout = 30min
jit = off
autovacuum = off
"""


@dataclass(frozen=True)
class Connection:
    """How to reach a PostgreSQL server; an empty text leaves the choice to the client library."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""
    sslmode: str = ""
    maintenance: str = "postgres"

    def parameters(self, database=None):
        """Return libpq parameters for a database (default: the maintenance database)."""
        values = {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "sslmode": self.sslmode,
            "dbname": database or self.maintenance,
        }
        return {key: value for key, value in values.items() if value}


def external(environ=os.environ):
    """Return the connection DATABASE_URL or the PG* variables name, or None.

    >>> external({"DATABASE_URL": "postgresql://an:s%40@db:5433/work?sslmode=require"}).parameters()
    {'host': 'db', 'port': '5433', 'user': 'an', 'password': 's@', 'sslmode': 'require', 'dbname': 'work'}
    >>> external({"PGHOST": "/run/pg", "PGUSER": "an"}).parameters()
    {'host': '/run/pg', 'user': 'an', 'dbname': 'postgres'}
    >>> external({"HOME": "/home/an"})
    """
    if environ.get("DATABASE_URL"):
        url = urlsplit(environ["DATABASE_URL"])
        if url.scheme not in ("postgres", "postgresql"):
            raise Stop("DATABASE_URL must look like postgresql://user:password@host:port/database")
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        return Connection(
            host=query.get("host") or url.hostname or "",
            port=str(url.port or query.get("port") or ""),
            user=unquote(url.username or query.get("user", "")),
            password=unquote(url.password or query.get("password", "")),
            sslmode=query.get("sslmode", ""),
            maintenance=unquote(url.path.lstrip("/")) or "postgres",
        )
    if any(environ.get(key) for key in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")):
        return Connection(
            host=environ.get("PGHOST", ""),
            port=environ.get("PGPORT", ""),
            user=environ.get("PGUSER", ""),
            password=environ.get("PGPASSWORD", ""),
            sslmode=environ.get("PGSSLMODE", ""),
            maintenance=environ.get("PGDATABASE") or "postgres",
        )
    return None


class ExternalServer:
    """A PostgreSQL somebody else runs: never started or stopped from here."""

    def __init__(self, connection):
        self.connection = connection

    ended_badly = False
    log = None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False

    def sql(self, *statements, database=None, parameters=None):
        """Run statements, each on its own; return the rows of the last one."""
        return execute(self.connection.parameters(database), statements, parameters)


class PrivateServer(ExternalServer):
    """A PostgreSQL of this checkout: own data, unix socket only, stopped by the last command that uses it.

    `ended_badly` tells whether it was killed, or ran out of disk, since it was last stopped: it is fast rather
    than safe, so what can be made again should be.
    """

    def __init__(self, places, venv):
        self.places = places
        self.venv = venv
        self.users = Users(places.data / "postgres.users")
        self.lock = places.data / "postgres.lock"

    def __enter__(self):
        with exclusive(self.lock):
            self.users.enter()
            self.start()
        return self

    def __exit__(self, *exception):
        try:
            with exclusive(self.lock):
                if self.users.leave():
                    self.stop()
        finally:
            self.users.close()
        return False

    def sql(self, *statements, database=None, parameters=None):
        mark = size(self.log)
        try:
            return super().sql(*statements, database=database, parameters=parameters)
        except Stop:
            said = tail(self.log, 30, mark)  # the client of a server that fell hears only that it is gone
            if reasons.find(said) != reasons.FULL:
                raise
            raise reasons.stop("PostgreSQL", said) from None

    @cached_property
    def place(self):
        return Placement.choose(self.places, self.venv)

    @property
    def connection(self):
        return Connection(host=str(self.place.socket), user="odoo")

    @property
    def log(self):
        return self.place.log

    def start(self):
        """Start the server unless it runs; create its data folder the first time."""
        place = self.place
        if place.running():
            return
        place.prepare()
        if (place.data / "PG_VERSION").exists():
            self.ended_badly = not place.was_stopped()
        else:
            create_cluster(place)
        for attempt in range(2):
            try:
                place.control(
                    "-t", "60", "-l", place.log, "-o", f"-k {shlex.quote(str(place.socket))}", "start"
                )
                return
            except Stop:
                if attempt:
                    said = tail(place.log, 10)
                    raise reasons.stop("PostgreSQL does not start", said, reasons.AGAIN) from None
                time.sleep(1)

    def stop(self):
        """Stop the server if it runs; at once if it cannot finish what it does, as when the disk is full."""
        if not self.place.running():
            return
        try:
            self.place.control("-t", "60", "-m", "fast", "stop")
        except Stop:
            if self.place.running():
                complain("PostgreSQL does not stop: it is ended at once")
                self.place.control("-t", "20", "-m", "immediate", "stop")


def create_cluster(place):
    """Create the data folder under another name and move it into place when it is complete."""
    step(f"creating a private PostgreSQL {place.version()}")
    part = place.data.with_name(place.data.name + ".part")
    place.call("rm", "-rf", part, program_folder=False)
    place.call(
        "initdb", "-D", part, "-U", "odoo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
    )
    with open(part / "postgresql.conf", "a") as settings:  # root may write whoever owns it
        settings.write(SETTINGS)
    place.call("mv", "-T", part, place.data, program_folder=False)


class Placement:
    """Which binaries run where, and as whom: PostgreSQL refuses to run as root."""

    def __init__(self, bin, data, log, socket, prefix=(), owner=None):
        self.bin = bin
        self.data = data
        self.log = log
        self.socket = socket
        self.prefix = prefix
        self.owner = owner

    @classmethod
    def choose(cls, places, venv):
        """As an ordinary user: directly. As root: in a user namespace, else as another account."""
        bin = machine_binaries() or packages.postgres(places, venv)
        major = binary_version(bin).split(".")[0]
        own = (places.data / f"postgres-{major}", places.logs / "postgres.log", places.short / "pg")
        if os.geteuid() != 0:
            return cls(bin, *own)
        if subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0:
            return cls(bin, *own, NAMESPACE)
        return cls.as_another_account(places, bin, major)

    @classmethod
    def as_another_account(cls, places, bin, major):
        """Where namespaces are forbidden, data and socket lie outside root's folders and belong to another account.

        Root's TMPDIR may be closed to everybody else, and so may the folder this command was given by another.
        """
        owner = next(name for name in ("postgres", "nobody") if account(name))
        group = str(account(owner).pw_gid)
        home = places.elsewhere
        private_folder(home)
        if not bin.is_relative_to("/usr"):  # below root's home nobody else can read it
            bin = copy_of_binaries(bin, home / "wheel")
        shutil.chown(home, owner, account(owner).pw_gid)
        prefix = ("setpriv", "--reuid", owner, "--regid", group, "--clear-groups", "--")
        return cls(bin, home / f"postgres-{major}", home / "postgres.log", home / "run", prefix, owner)

    def prepare(self):
        """Create the folder of the socket; give it to the server's account."""
        private_folder(self.socket)
        if self.owner:
            shutil.chown(self.socket, self.owner, account(self.owner).pw_gid)

    def call(self, program, *arguments, program_folder=True):
        """Run one of PostgreSQL's programs as the server's account."""
        name = self.bin / program if program_folder else program
        environ = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return run(
            [*self.prefix, name, *arguments], env={**environ, "LC_ALL": "C"}, timeout=120, what=program
        )

    def control(self, *arguments):
        """Start or stop the server and wait for it."""
        return self.call("pg_ctl", "-D", self.data, "-w", "-s", *arguments)

    def was_stopped(self):
        """Tell whether the server was stopped properly the last time."""
        return bool(
            re.search(r"cluster state: +shut down$", self.call("pg_controldata", self.data), re.MULTILINE)
        )

    def version(self):
        """Return the version of the binaries, as in '18.4'."""
        return binary_version(self.bin)

    def running(self):
        """Tell whether the server of this data folder runs."""
        if not (self.data / "postmaster.pid").exists():
            return False
        try:
            self.call("pg_ctl", "-D", self.data, "status")
        except Stop:
            return False
        return True


def copy_of_binaries(bin, copy):
    """Copy the wheel's PostgreSQL (with the libraries beside it) to where another account can read it."""
    source = bin.parents[2]
    if not (copy / ".complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(source, copy, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", copy], check=True)
        (copy / ".complete").touch()
    return copy / bin.relative_to(source)


def account(name):
    """Return the account of a name, or None."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def binary_version(folder):
    """Return the version PostgreSQL's programs in a folder report."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+(\.\d+)*)", said)
    if not found:
        raise Stop(f"{folder}/postgres does not run")
    return found[1]


def machine_binaries(environ=os.environ, root=Path("/usr/lib/postgresql")):
    """Return the bin folder of PGBIN, else of the newest server installed on this machine, or None."""
    if environ.get("PGBIN"):
        folder = Path(environ["PGBIN"])
        if not (folder / "initdb").is_file():
            raise Stop(f"PGBIN={folder}: there is no initdb in it")
        return folder
    majors = sorted(
        (int(p.name), p / "bin") for p in root.glob("*") if p.name.isdigit() and int(p.name) >= OLDEST
    )
    usable = [
        folder
        for major, folder in majors
        if (folder / "initdb").is_file() and (folder / "postgres").is_file()
    ]
    return usable[-1] if usable else None


def server(places, venv, environ=os.environ):
    """Return the server to use, as a context manager that starts and stops it where that is ours to do."""
    connection = external(environ)
    return ExternalServer(connection) if connection else PrivateServer(places, venv)


def execute(parameters, statements, values=None):
    """Run SQL statements, each on its own; return the rows of the last one."""
    import psycopg2  # from the virtual environment

    try:
        with closing(psycopg2.connect(connect_timeout=10, **parameters)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        raise Stop(f"PostgreSQL: {str(error).strip()}") from None
