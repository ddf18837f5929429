"""`./dev stop` and `./dev clean`."""

import contextlib
import os
import signal

from . import packages, postgres
from .console import say
from .databases import Databases
from .places import Places, remove


def stop(checkout, options):
    """End the server and the private PostgreSQL of this checkout, however they were started."""
    places = Places.of(checkout)
    running, servers = [], []
    if packages.use_environment(places):  # before it is there, nothing can run
        running, servers = own_processes(places), private_servers(places)
        end(running)
        end(servers, signal.SIGINT)  # PostgreSQL's fast way down
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
    import psutil

    found = []
    for parent in (places.data, places.elsewhere):
        for file in parent.glob("postgres-*/postmaster.pid"):
            with contextlib.suppress(psutil.Error, ValueError, IndexError):
                process = psutil.Process(int(file.read_text().splitlines()[0]))
                if "postgres" in process.name():
                    found.append(process)
    return found


def own_processes(places):
    """Return the processes that run for this checkout: other `./dev` commands and the Odoos they started."""
    import psutil

    configuration = str(places.data / "odoo.conf")
    lock = places.data / "run.pid"
    noted = lock.read_text() if lock.exists() else ""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            is_dev = str(process.pid) == noted and any(word.endswith("dev") for word in process.cmdline())
            if process.pid != os.getpid() and (is_dev or process.environ().get("ODOO_RC") == configuration):
                found.append(process)
    return found


def end(found, politely=signal.SIGTERM):
    """End processes: politely first."""
    import psutil

    alive = found
    for sign in (politely, signal.SIGKILL):
        for process in alive:
            with contextlib.suppress(psutil.Error):
                process.send_signal(sign)
        _gone, alive = psutil.wait_procs(alive, 15)
