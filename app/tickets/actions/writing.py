"""What helps people write: half-written texts that are kept, and text modules."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.core import clock, events
from app.core.db import insert
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import Draft, TextModule
from app.tickets.rules import LONGEST_TEXT
from app.tickets.rules.modules import DEFAULTS

LONGEST_TITLE = 120


def keep_drafts(seat: Seat, subject: str, texts: dict[str, str]) -> None:
    """Keep half-written texts by field, for this seat alone; an emptied one is forgotten. No event, no version."""
    written = {field: text[:LONGEST_TEXT] for field, text in texts.items() if text.strip()}
    forget_drafts(seat, subject, set(texts) - set(written))
    if not written:
        return
    mine = {"seat_id": seat.id, "subject": subject, "saved_at": clock.now()}
    kept = insert(Draft).values([mine | {"field": field, "text": text} for field, text in sorted(written.items())])
    changed = {"text": kept.excluded.text, "saved_at": kept.excluded.saved_at}
    db.session.execute(kept.on_conflict_do_update(index_elements=["seat_id", "subject", "field"], set_=changed))


def forget_drafts(seat: Seat, subject: str, fields: Iterable[str]) -> None:
    """They were sent, or emptied."""
    named = sorted(fields)
    if named:
        gone = delete(Draft).where(Draft.seat_id == seat.id, Draft.subject == subject, Draft.field.in_(named))
        db.session.execute(gone.execution_options(synchronize_session=False))


def save_module(module: TextModule | None, seat: Seat, title: str, body: str, active: bool) -> TextModule:
    """A new text module, or new words of one: an OPD's own, or Diskominfo's for everybody. Raises Refused."""
    errors = {}
    if not title.strip():
        errors["title"] = "Beri nama yang mudah dikenali."
    if not body.strip():
        errors["body"] = "Tulis teksnya."
    if len(body) > LONGEST_TEXT:
        errors["body"] = f"Terlalu panjang: paling banyak {LONGEST_TEXT} huruf."
    if errors:
        raise Refused(errors)
    if module is None:
        module = TextModule(opd_id=None if seat.role is Role.DISKOMINFO else seat.opd_id, seat_id=seat.id)
        db.session.add(module)
    module.title, module.active = title.strip()[:LONGEST_TITLE], active
    module.body = body.replace("\r\n", "\n").strip()
    db.session.flush()
    after = {"title": module.title, "active": module.active}
    events.record(f"text:{module.id}", "text.saved", seat, after=after, audience="internal")
    return module


def seed_modules() -> int:
    """The shared frames that a fresh office starts with; nothing where somebody has kept any. Returns how many."""
    if db.session.scalar(select(TextModule.id).limit(1)):
        return 0
    db.session.add_all(TextModule(title=title, body=body) for title, body in DEFAULTS)
    db.session.flush()
    return len(DEFAULTS)
