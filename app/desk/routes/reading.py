"""What the page of an alert shows, and its fragments with it."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from flask import request, url_for
from flask_login import current_user
from sqlalchemy import select

from app.core import events
from app.core.events import Event
from app.desk.forms import IsuForm, MergeForm, TicketForm
from app.desk.queries.files import files_of
from app.desk.queries.isu import isu_and_choices
from app.desk.queries.similar import similar_tickets
from app.desk.routes.mirroring import mirror_of
from app.extensions import db
from app.monitoring.actions.pasting import ASKED
from app.monitoring.actions.sorting import placeholder
from app.monitoring.forms import BareForm, FilesForm, IgnoreForm, PlaceForm, SafeTitleForm, ToneForm, UnmaskForm
from app.monitoring.models import Alert, Shielded, Source
from app.monitoring.queries.evidence import last_check
from app.monitoring.rules.atlas import named_in
from app.monitoring.rules.kinds import AlertState
from app.monitoring.rules.sentences import alert_sentence
from app.people.models import Opd
from app.tickets import policy as tickets
from app.tickets.models import Ticket

LONGEST_SHOWN = 4000


def shown(alert: Alert, **given) -> dict:
    """Everything `desk/alert.html` needs; `given` are the forms that a refused POST carries back."""
    opds = tickets.opd_choices()
    return {
        "alert": alert,
        "source": db.session.get_one(Source, alert.source_id),
        "hints": _hints(alert, {opd.code: opd.short for opd in opds}),
        "words": marked(alert.text[:LONGEST_SHOWN], _words(alert)),
        "places": None if alert.sensitive else named_in(alert.title, alert.text),
        "similar": similar_tickets(alert, current_user.seat) if alert.state is AlertState.NEW else [],
        "ticket": _ticket_of(alert),
        "history": (history := events.latest(alert.stream)),
        "asked": _asked(history),
        "shield": db.session.scalar(select(Shielded.kinds).where(Shielded.alert_id == alert.id)),
        "unmasked": None,
        "unnamed": alert.sensitive and not _own_safe_title(alert),
        "told": told,
        "files": files_of(alert),
        "mirror": mirror_of(alert),
        "link_told": last_check(history),
        "checking": False,
        "back": _back(),
        "conflict": None,
        "refused": "",
        "original": False,
        **isu_of(alert),
        **forms_about(alert, opds),
        **given,
    }


def isu_of(alert: Alert) -> dict:
    """The isu that the alert is in, and the form that puts it into one."""
    mine, recent = isu_and_choices(alert.id, current_user.seat)
    return {"isu": mine, "isu_form": IsuForm.among(recent, formdata=None)}


def forms_about(alert: Alert, opds: Sequence[Opd]) -> dict:
    """The forms of the page; after a POST the sent one is given over these."""
    with_nothing_sent = {"formdata": None}
    return {
        "ticket_form": TicketForm.about([alert], opds, chosen=request.args.get("opd", ""), **with_nothing_sent),
        "merge_form": MergeForm(of=alert, **with_nothing_sent),
        "ignore_form": IgnoreForm(of=alert, **with_nothing_sent),
        "safe_form": SafeTitleForm(of=alert, data={"safe_title": _own_safe_title(alert)}, **with_nothing_sent),
        "mark_form": BareForm(**with_nothing_sent),
        "tone_form": ToneForm(of=alert, **with_nothing_sent),
        "file_form": FilesForm(of=alert, **with_nothing_sent),
        "unmask_form": UnmaskForm(of=alert, **with_nothing_sent),
        "evidence_form": UnmaskForm(of=alert, **with_nothing_sent),
        "place_form": PlaceForm(of=alert, **with_nothing_sent),
        "bare_form": BareForm(of=alert, **with_nothing_sent),
    }


def last_sorting(alert: Alert) -> Event | None:
    """The latest thing that happened to the alert: who was first, and when."""
    return next(iter(events.latest(alert.stream, 1)), None)


def told(event: Event) -> str:
    """«menjadikannya bagian tiket #0412.», to be read after the actor's name."""
    return alert_sentence(event.kind, event.before, event.after)


def marked(text: str, words: Iterable[str]) -> list[tuple[bool, str]]:
    """The text in pieces, each with whether it is one of the words."""
    known = sorted({word for word in words if word}, key=len, reverse=True)
    if not known:
        return [(False, text)]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, known))})\b", re.IGNORECASE)
    return [(at % 2 == 1, piece) for at, piece in enumerate(pattern.split(text)) if piece]


def _own_safe_title(alert: Alert) -> str:
    """The judul aman that somebody wrote; empty while a number stands for it."""
    return "" if alert.safe_title == placeholder(alert) else alert.safe_title


def _hints(alert: Alert, names: dict[str, str]) -> list[dict]:
    """Suggested OPDs with their names and words; of a sensitive alert the OPD alone, its words would tell."""
    words = {"words": []} if alert.sensitive else {}
    return [hint | {"name": names[hint["opd"]]} | words for hint in alert.hints if hint["opd"] in names]


def _words(alert: Alert) -> list[str]:
    return [word for hint in alert.hints for word in hint.get("words", ())]


def _ticket_of(alert: Alert) -> Ticket | None:
    """The ticket it stands behind, if this reader may know of it."""
    return tickets.ticket_behind(alert.id, current_user.seat) if alert.state is AlertState.TICKETED else None


def _asked(history: Sequence[Event]) -> Event | None:
    """The latest request of a journalist or a leader about what was known already."""
    return next((event for event in history if event.kind == ASKED), None)


def _back() -> str:
    """The list one came from, with its filters."""
    came = urlsplit(request.referrer or "")
    home = url_for("desk.alerts")
    return f"{home}?{came.query}" if came.netloc == request.host and came.path == home and came.query else home
