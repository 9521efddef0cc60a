"""A letter of the demo, read back from its .eml for people who have no mail box for it."""

from email import message_from_bytes, policy
from pathlib import Path

from flask import abort
from markupsafe import Markup

from app.web.markup import own_letter


def parts_of(path: Path) -> tuple[str, Markup, str]:
    """(subject, washed HTML part, text part) of one letter; 404 when its file is gone."""
    try:
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    except OSError:
        abort(404)
    html, text = letter.get_body(("html",)), letter.get_body(("plain",))
    return str(letter["subject"]), own_letter(html.get_content() if html else ""), text.get_content() if text else ""
