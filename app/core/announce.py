"""Prints where Tanggap is once it answers. A script of its own, so that the printing outlives nothing.

`python -I announce.py HOST PORT ADDRESS [DEMO_PASSWORD_FILE]`; only the standard library.
"""

import http.client
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 120


def answers(host: str, port: int, address: str) -> bool:
    """Whether /healthz says 200."""
    try:
        connection = http.client.HTTPConnection(host, port, timeout=2)
        connection.request("GET", "/healthz", headers={"Host": urlsplit(address).netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def main(host: str, port: str, address: str, password: str = "") -> None:
    supervisor, deadline = os.getppid(), time.monotonic() + PATIENCE
    while not answers(host, int(port), address):
        if os.getppid() != supervisor or time.monotonic() > deadline:
            return
        time.sleep(0.1)
    print(f"Tanggap: {address}", flush=True)
    if password and Path(password).exists():
        print(f"Kata sandi demo: {Path(password).read_text().strip()}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
