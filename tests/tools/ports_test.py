"""Both ports of a server are looked at before any work, and only our own server makes it ready."""

import os
import socket
import subprocess
import sys
import threading
from argparse import Namespace
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools import ports, processes, serving
from tools.console import Stop


@contextmanager
def taken(address="127.0.0.1"):
    """Listen on the second of two free ports; give its number."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        port = ports.find(20000 + os.getpid() % 9000) + 1  # below those the system gives away by itself
        server.bind((address, port))
        server.listen()
        yield port


def test_a_taken_port_is_skipped():
    with taken() as port:
        assert ports.find(port) > port


def test_so_is_one_whose_neighbour_is_taken():
    with taken() as port:
        assert ports.find(port - 1) > port


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_whoever_has_a_port_is_named(address):
    with taken(address) as port:
        reason = ports.why_not(port)
    assert reason.startswith("is taken by ")
    assert f"(process {os.getpid()})" in reason


def run_at(port):
    """Return what `./dev run --port` says before it opens anything: there is no such checkout."""
    with pytest.raises(Stop) as caught:
        serving.run("/no/such/checkout", Namespace(port=port, fresh=False, workers=0))
    return caught.value


@pytest.mark.parametrize(("shift", "purpose"), [(0, "pages"), (-1, "live chat")])
def test_a_taken_port_is_refused_and_a_free_one_named(shift, purpose):
    with taken() as port:
        stop = run_at(port + shift)
    assert stop.code == 2
    assert f"port {port} (for {purpose}) is taken" in stop.message
    free = int(stop.message.rpartition("--port ")[2])
    assert not ports.why_not(free)
    assert not ports.why_not(free + 1)


@pytest.mark.parametrize("port", [0, -1, 65535, 70000])
def test_a_port_out_of_range_is_refused(port):
    stop = run_at(port)
    assert stop.code == 2
    assert "from 1 to 65534" in stop.message


SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


@contextmanager
def foreign_server():
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_our_own_server_makes_it_ready(tmp_path):
    port = ports.find(ports.first("0"))
    process = processes.start([sys.executable, "-c", SERVER, port], log=tmp_path / "log")
    try:
        serving.wait_for(process, port, tmp_path / "log")
    finally:
        processes.end(process)


def test_a_foreign_server_on_the_port_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "START_LIMIT", 1)
    with foreign_server() as port:
        assert serving.answers(port)
        process = processes.start(["sleep", "60"])
        try:
            with pytest.raises(Stop, match="Odoo does not start"):
                serving.wait_for(process, port, tmp_path / "log")
        finally:
            processes.end(process)


def test_nor_does_it_when_ours_has_ended(tmp_path):
    (tmp_path / "log").write_text("Port is in use by another program")
    with foreign_server() as port:
        process = processes.start(["false"])
        process.wait()
        try:
            with pytest.raises(Stop, match="in use by another program"):
                serving.wait_for(process, port, tmp_path / "log")
        finally:
            processes.end(process)


def test_a_child_of_our_server_counts_as_ours():
    port = ports.find(ports.first("0"))
    code = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    process = processes.start(
        [sys.executable, "-c", code, sys.executable, "-c", SERVER, port], stderr=subprocess.DEVNULL
    )
    try:
        assert processes.wait_until(lambda: ports.is_served_by(port, process.pid), 20)
    finally:
        processes.end(process)
