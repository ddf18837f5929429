"""`./dev stop` and `./dev clean`."""

import contextlib
import os
import signal
from pathlib import Path

from . import packages, postgres
from .console import say
from .databases import Databases
from .places import Places, remove
from .processes import wait_until


def stop(checkout, options):
    """End the server and the private PostgreSQL of this checkout, however they were started."""
    places = Places.of(checkout)
    running = own_processes(places)
    for process in running:
        end_process(process)
    servers = private_servers(places)
    for process in servers:
        end_process(process, signal.SIGINT)  # PostgreSQL's fast way down
    say("stopped" if running or servers else "nothing was running")


def clean(checkout, options):
    """Remove everything made for this checkout, and with --all the shared downloads."""
    places = Places.of(checkout)
    stop(checkout, options)
    if postgres.external() and places.data.exists():
        with postgres.server(places, packages.environment(places)) as server:
            databases = Databases(places, server)
            databases.drop(*databases.roles())
    folders = [places.data, places.short, places.elsewhere]
    for folder in [*folders, places.cache] if options.all else folders:
        if folder.exists():
            remove(folder)
            say(f"removed {folder}")


def private_servers(places):
    """Return the processes of this checkout's own PostgreSQL servers."""
    found = []
    for parent in (places.data, places.elsewhere):
        for file in parent.glob("postgres-*/postmaster.pid"):
            number = int(file.read_text().splitlines()[0])
            with contextlib.suppress(OSError):
                if b"postgres" in Path(f"/proc/{number}/cmdline").read_bytes():
                    found.append(number)
    return found


def own_processes(places):
    """Return the processes that run for this checkout: other `./dev` commands and the Odoos they started."""
    configuration = f"ODOO_RC={places.data / 'odoo.conf'}".encode()
    lock = places.data / "run.pid"
    noted = {int(lock.read_text())} if lock.exists() and lock.read_text().isdigit() else set()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        number = int(folder.name)
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            variables = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        is_dev = number in noted and any(word.endswith(b"dev") for word in words)
        if number != os.getpid() and (is_dev or configuration in variables):
            found.append(number)
    return sorted(found)


def end_process(number, politely=signal.SIGTERM):
    """End one process: politely first."""
    for sign in (politely, signal.SIGKILL):
        try:
            os.kill(number, sign)
        except ProcessLookupError:
            return
        if wait_until(lambda: not Path(f"/proc/{number}").exists(), 15):
            return
