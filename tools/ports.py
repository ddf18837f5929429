"""The two ports of a server, one for pages and the next for live chat: free ones, and who has them."""

import errno
import os
import socket
from contextlib import closing, suppress
from pathlib import Path

from .console import Stop

HIGHEST = 65534  # the next one is taken as well


def first(key, base=8100, span=800):
    """Return the port a checkout tries first, derived from its key."""
    return base + int(key, 16) % span


def find(wanted, tries=200):
    """Return the first port from `wanted` on that is free on 127.0.0.1, like its neighbour."""
    for port in range(wanted, min(wanted + tries, HIGHEST + 1)):
        if not why_not(port) and not why_not(port + 1):
            return port
    raise Stop(f"no free port between {wanted} and {wanted + tries}: give one with --port")


def require(port, key):
    """Stop unless a server can listen on this port and the next; name two that are free."""
    if not 1 <= port <= HIGHEST:
        raise Stop(f"--port {port}: a port is a number from 1 to {HIGHEST}", 2)
    for number, purpose in ((port, "pages"), (port + 1, "live chat")):
        if reason := why_not(number):
            raise Stop(f"port {number} (for {purpose}) {reason}. Free: --port {find(first(key))}", 2)


def why_not(port):
    """Return why no server can listen on this port of 127.0.0.1, or an empty text."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return "is only for root"
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return f"cannot be used ({error.strerror})"
            return (
                f"is taken by {name}" if (name := ", ".join(map(describe, listeners(port)))) else "is taken"
            )
    return ""


def listeners(port):
    """Return the processes that listen on a port, as far as this user may see them."""
    try:
        import psutil
    except ImportError:  # the very first command: nothing is installed yet
        return []
    found = psutil.net_connections("tcp")
    return sorted({one.pid for one in found if one.pid and one.status == "LISTEN" and one.laddr.port == port})


def describe(process):
    """Return the name and number of a process."""
    with suppress(OSError):
        return f"{Path(f'/proc/{process}/comm').read_text().strip()} (process {process})"
    return f"process {process}"


def is_served_by(port, group):
    """Tell whether a process of this group listens on the port."""
    for process in listeners(port):
        with suppress(ProcessLookupError):
            if os.getpgid(process) == group:
                return True
    return False
