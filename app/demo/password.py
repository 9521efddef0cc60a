"""The one password of all demo accounts: made once, kept in the instance folder, printed at every start."""

import os
import secrets
from pathlib import Path

from flask import current_app

FILE = "demo_password"
HOW_MANY = 4
WORDS = (
    *("ulin", "tikar", "lampu", "perahu", "kemarau", "teluk", "kancil", "jendela", "rotan", "kelapa", "meranti"),
    *("senja", "dermaga", "kopiah", "layar", "pelita", "tembaga", "kayuh", "anggrek", "batu", "delima", "gasing"),
    *("hulu", "ilalang", "jambu", "kenari", "lontar", "mangga", "nelayan", "ombak", "pandan", "rakit", "sampan"),
    *("tenun", "udang", "waru", "bakau", "cendana", "duku", "gerimis", "hilir", "jangkar", "kabut", "lumbung"),
    *("melati", "nipah", "padi", "ragi", "sirih", "talas", "undang", "warung", "bambu", "celana", "dayung", "embun"),
    *("galah", "kapas", "lidi"),
)


def demo_password() -> str:
    """The password of the file, made first where there is none."""
    path = Path(current_app.config["INSTANCE_PATH"]) / FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_private(path, "-".join(secrets.choice(WORDS) for _ in range(HOW_MANY)))
    return path.read_text().strip()


def _write_private(path: Path, word: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(word + "\n")
