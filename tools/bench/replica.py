"""A pair of PostgreSQL servers for one benchmark: a primary with a copy of the database, and its streaming replica."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
fsync = off
synchronous_commit = off
wal_level = replica
max_wal_senders = 4
max_connections = 100
shared_buffers = 256MB
jit = off
"""


@contextmanager
def replicated(env):
    """Copy the database of `env` to a server of its own with a replica; give (primary host, replica host)."""
    binaries, prefix, owner = _find_server()
    folder = Path(tempfile.mkdtemp(prefix="hre-pg-"))
    if owner:
        shutil.chown(folder, owner)
    primary, replica = (
        Server(folder, "primary", binaries, prefix),
        Server(folder, "replica", binaries, prefix),
    )
    try:
        primary.call("initdb", "-D", primary.data, "-U", "odoo", "-A", "trust", "-E", "UTF8", "--no-sync")
        primary.start()
        _copy(env, primary)
        replica.call(
            "pg_basebackup", "-h", primary.socket, "-U", "odoo", "-D", replica.data, "-R", "-c", "fast"
        )
        replica.start()
        yield primary, replica
    finally:
        replica.stop()
        primary.stop()
        subprocess.run([*prefix, "rm", "-rf", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """One PostgreSQL server in a folder of its own, reached by its socket only."""

    def __init__(self, folder, name, binaries, prefix):
        self.data, self.socket = folder / name, folder / f"{name}.socket"
        self.log = folder / f"{name}.log"
        self.binaries, self.prefix = binaries, prefix
        self.call("mkdir", "-p", self.socket, own=False)

    def call(self, program, *arguments, own=True):
        name = self.binaries / program if own else program
        command = [*self.prefix, name, *arguments]
        done = subprocess.run(
            list(map(str, command)), check=False, capture_output=True, text=True, cwd="/", timeout=300
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-500:]}")
        return done.stdout

    def start(self):
        settings = SETTINGS.format(socket=self.socket)
        script = f"cat > {self.data}/hre.conf <<'END'\n{settings}END\n"
        script += f"echo \"include 'hre.conf'\" >> {self.data}/postgresql.conf"
        self.call("sh", "-c", script, own=False)
        self.call("pg_ctl", "-D", self.data, "-w", "-s", "-l", self.log, "start")

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self.call("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "-s", "stop")

    def ask(self, query, database="postgres"):
        return self.call("psql", "-h", self.socket, "-U", "odoo", "-d", database, "-qAt", "-c", query).strip()

    def log_statements(self):
        """Write every statement to the log from now on."""
        self.call("sh", "-c", f"echo \"log_statement = 'all'\" >> {self.data}/hre.conf", own=False)
        self.call("pg_ctl", "-D", self.data, "-s", "reload")
        while self.ask("show log_statement") != "all":
            time.sleep(0.1)

    def log_size(self):
        """Return how many characters the log has, a mark for ``statements``."""
        return len(self._read_log())

    def statements(self, mark):
        """Return the statements the server was asked since ``mark``, one text each."""
        return self._read_log()[mark:].split("statement: ")[1:]

    def _read_log(self):
        return self.call("cat", self.log, own=False)


def _copy(env, primary):
    name, source = env.cr.dbname, env.cr._cnx.get_dsn_parameters()
    primary.call("createdb", "-h", primary.socket, "-U", "odoo", "-T", "template0", name)
    environ = {**os.environ, "PGHOST": source.get("host", ""), "PGPORT": source.get("port", "5432")}
    dump = subprocess.Popen(
        [primary.binaries / "pg_dump", "-U", source["user"], "--no-owner", name],
        stdout=subprocess.PIPE,
        env=environ,
    )
    target = [primary.binaries / "psql", "-h", primary.socket, "-U", "odoo", "-q", "-d", name]
    subprocess.run(target, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
    if dump.wait():
        raise RuntimeError("pg_dump failed")
    primary.ask("vacuum analyze", name)


def _find_server():
    """Return (folder of binaries, command prefix, owner): PostgreSQL refuses to run as root."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = found[-1] if found else shutil.which("initdb")
    if not initdb:
        raise RuntimeError("no PostgreSQL server on this machine")
    binaries = Path(initdb).parent
    if os.geteuid():
        return binaries, (), None
    namespace = ("unshare", "-U", "--map-user=1000", "--map-group=1000", "--")
    if not subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode:
        return binaries, namespace, None
    owner = next(entry.pw_name for entry in pwd.getpwall() if entry.pw_name in ("postgres", "nobody"))
    return binaries, ("setpriv", "--reuid", owner, "--regid", owner, "--clear-groups", "--"), owner
