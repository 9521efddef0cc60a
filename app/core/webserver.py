"""Gunicorn's settings for the web child (`gunicorn -c python:app.core.webserver wsgi:app`)."""

import gc
import os

from app import config as _config

_settings = _config.load()

_host = f"[{_settings['HOST']}]" if ":" in _settings["HOST"] else _settings["HOST"]
bind = f"{_host}:{_settings['PORT']}"
workers = 2
threads = 2
worker_class = "gthread"
preload_app = True
control_socket_disable = True
timeout = 60
graceful_timeout = 10
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - gunicorn makes an unnamed file there
errorlog = "-"
loglevel = "warning"
proc_name = "tanggap"


def pre_fork(server, worker) -> None:
    """What is loaded by now is shared with the children as long as nobody writes to it."""
    if not worker.age > workers:
        gc.collect()
        gc.freeze()


def post_fork(server, worker) -> None:
    """A child must not talk through its parent's database connection."""
    from app.extensions import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
