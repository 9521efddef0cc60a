"""The demo password: made once, readable by the owner alone."""

import stat
from pathlib import Path

from app.demo.password import FILE, demo_password


def test_it_is_made_once_and_private(app, db_session):
    path = Path(app.config["INSTANCE_PATH"]) / FILE
    word = demo_password()
    assert demo_password() == word == path.read_text().strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(word.split("-")) == 4
