"""From words to a message: both parts from one Content, the sheet written into the HTML."""

import re
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache
from pathlib import Path

import css_inline
from flask import current_app

from app.core import clock
from app.notify import content, mail, notices, queries
from app.notify.content import Content
from app.notify.models import Letter, LetterItem
from app.notify.queries import Facts
from app.notify.reminderletters import about_reminders
from app.notify.rules import Kind
from app.notify.taskletters import TASK_WORDINGS, about_task
from app.people.rules import LINK_DAYS
from app.tickets.rules.steps import RunningClock

SHEET = Path(__file__).resolve().parent.parent / "static" / "css" / "mail.css"
SHEET_GOES_HERE = "/* css/mail.css */"
DOORS = {"invite": "people.invitation", "reset": "people.reset"}


def purpose_of(letter: Letter) -> str:
    """What its link is for: ticket, field, invite or reset; nothing where the letter only says where to sign in."""
    if letter.kind == Kind.EMERGENCY:
        return ""
    if letter.kind == Kind.FIELD:
        return "field"
    return "ticket" if letter.ticket_id else letter.kind


def compose(letter: Letter, token: str) -> EmailMessage:
    """The letter as it goes out, with `token` in its link. Raises mail.Refused for an impossible address."""
    facts = queries.facts_of(letter)
    if letter.kind == Kind.EMERGENCY:
        words = notices.about_emergency(letter, facts, f"{current_app.config['BASE_URL']}/tiket/{letter.ticket_id}")
        return _message(letter, words, facts)
    until = clock.now() + timedelta(days=LINK_DAYS[purpose_of(letter)])
    url = address(purpose_of(letter), token)
    if letter.kind == Kind.HEAD:
        words = notices.about_head(letter, queries.head_asked(letter), url)
    elif letter.task_id and letter.kind in TASK_WORDINGS:
        words = about_task(letter, facts, url, until)
    elif letter.kind == Kind.FIELD:
        words = notices.about_field(letter, queries.asked_of(letter), url)
    elif letter.ticket_id:
        words = content.about_ticket(letter, facts, url, until)
    else:
        words = notices.about_account(letter, queries.seat_of(letter.person_id), url, until)
    return _message(letter, words, facts)


def compose_reminder(letter: Letter, told: list[tuple[LetterItem, RunningClock]], tokens: list[str]) -> EmailMessage:
    """A bundled letter, with the token of each thing in its own link. Raises mail.Refused."""
    until = clock.now() + timedelta(days=LINK_DAYS["ticket"])
    words = about_reminders(letter, told, [address("ticket", token) for token in tokens], until)
    return _message(letter, words, queries.facts_of(letter))


def _message(letter: Letter, words: Content, facts: Facts) -> EmailMessage:
    return mail.message(
        to=queries.receiver(letter),
        subject=words.subject,
        text=as_text(words),
        html=as_html(words),
        message_id=letter.message_id,
        answers=facts.first_message_id,
    )


def address(purpose: str, token: str) -> str:
    """Where the link leads; its host comes from settings alone, never from a request."""
    if purpose in ("ticket", "field"):
        return f"{current_app.config['LINK_BASE_URL']}/t/{token}"
    path = current_app.url_map.bind("").build(DOORS[purpose], {"token": token})
    return current_app.config["BASE_URL"] + path


def as_text(words: Content) -> str:
    """The text part: the link stands alone on its line, never wrapped."""
    lines = current_app.jinja_env.overlay(trim_blocks=True, lstrip_blocks=True)
    text = lines.get_template("mail/letter.txt").render(letter=words)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def as_html(words: Content) -> str:
    """The HTML part with every style at its element; only @media rules stay in the head."""
    office = parseaddr(current_app.config["MAIL_FROM"])[0].removeprefix("Tanggap ")
    page = current_app.jinja_env.get_template("mail/letter.html").render(letter=words, office=office)
    return _inliner().inline(page.replace(SHEET_GOES_HERE, _sheet(), 1))


@cache
def _sheet() -> str:
    return re.sub(r"/\*.*?\*/\s*", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
