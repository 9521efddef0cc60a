"""Private posters' names and handles are for Diskominfo alone; elsewhere they are «akun warga» (mission fact 12)."""

import re
from types import SimpleNamespace

SOMEBODY = "akun warga"
SHORTEST = 3
"""A shorter name would be found in the middle of nowhere."""


def without_account(alert) -> SimpleNamespace:
    """The alert as people outside Diskominfo read it: of a post, neither its author nor an address that names one."""
    told = SimpleNamespace(**alert._mapping)
    handle = told.author.strip().lstrip("@")
    if told.channel == "medsos" and len(handle) >= SHORTEST:
        told.title, told.media = (_masked(text, handle) for text in (told.title, told.media))
        told.url = "" if handle.lower() in told.url.lower() else told.url
    told.author = ""
    return told


def _masked(text: str, handle: str) -> str:
    return re.sub(rf"@?{re.escape(handle)}", SOMEBODY, text, flags=re.IGNORECASE)
