"""Fills an empty database: with the story that people read, or with a volume that machines are measured by."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.core import clock
from app.core.work import Work, WorkState
from app.demo import cast, playing, volume
from app.demo.office_hours import settle_hours
from app.demo.password import demo_password
from app.demo.stage import Calendar
from app.demo.story import STORIES
from app.demo.story.people import BAMBANG, EKO, RIZKY
from app.extensions import db
from app.monitoring import actions as monitoring
from app.monitoring.rules.kinds import SourceKind
from app.notify.actions import SENDING
from app.notify.models import Letter, LetterState
from app.notify.rules import Kind
from app.people import actions as people
from app.people.actions import hash_password, seed_holidays, seed_hours, seed_opds
from app.people.models import Opd, PersonalLink, Seat, new_secret
from app.people.rules import LINK_DAYS, Role, SeatKind
from app.tickets.actions import seed_modules
from app.tickets.actions.terms import seed_policies

ONE_DAY = 24 * 3600
NEVER_OPENED = 5
"""One in so many of the older letters nobody has opened: somebody is to be called."""

REALLY_SENT, REMINDERS_SENT = 10, 2
"""So many of the newest letters, and of reminders, go out by the worker; the older ones were sent when it happened."""


def load_story(now: datetime) -> None:
    """The fortnight that ends at `now`, in one transaction: a load that is interrupted leaves nothing behind."""
    with clock.pretend(now):
        seed_opds()
        seed_holidays()
        seed_modules()
        seed_hours()
        seed_policies()
        opds = {opd.code: opd for opd in db.session.scalars(select(Opd).order_by(Opd.position))}
        seats = cast.settle(now, hash_password(demo_password()), opds)
        seats = cast.fill_other_seats(now, opds) | seats
        settle_hours(now, [seats["operator@diskominfo.demo"], seats[RIZKY], seats[BAMBANG]])
        days = Calendar(now)
        playing.play(STORIES, days, seats, seats[RIZKY])
        _loose_ends(days, seats)
        _were_sent()
    db.session.commit()


def load_volume(tickets: int, opds: int, alerts: int, seed: int, now: datetime, tell: Callable[[str], None]) -> None:
    """Any number of tickets, the same for the same seed and time. Commits as it goes."""
    with clock.pretend(now):
        volume.load(volume.Size(tickets, opds, alerts), seed, now, hash_password(demo_password()), tell)


def _loose_ends(days: Calendar, seats: dict[str, Seat]) -> None:
    """What an office always has lying about: a feed that fails, and a proposed colleague to decide on."""
    feed = {"name": "Radar Pesut", "kind": SourceKind.RSS, "url": "https://radarpesut.example/umpan"}
    values = {
        "name": "Wahyu Saputra", "email": "wahyu.saputra@dishub.demo", "role": Role.NARAHUBUNG, "kind": SeatKind.PLH,
        "basis": "", "starts_on": days.day(0), "ends_on": days.day(-10), "is_admin": False,
    }  # fmt: skip
    with clock.pretend(days.instant(1, "10.05")):
        source = monitoring.add_source(feed, seats[BAMBANG])
        people.propose(values, seats[EKO])
    monitoring.note_failed(source, "Situs sedang bermasalah (503).", after=ONE_DAY)


def _were_sent() -> None:
    """Mark all but the newest letters as sent when they were written: nobody's folder is flooded by a demo."""
    of_matters, reminders = Letter.kind != Kind.REMINDER, Letter.kind == Kind.REMINDER
    newest = select(Letter.id).where(of_matters).order_by(Letter.id.desc()).limit(REALLY_SENT)
    reminding = select(Letter.id).where(reminders).order_by(Letter.id.desc()).limit(REMINDERS_SENT)
    older = db.session.scalars(select(Letter).where(Letter.id.not_in(newest), Letter.id.not_in(reminding)))
    for letter in older:
        letter.state, letter.attempts = LetterState.SENT, 1
        letter.sent_at = letter.created_at + timedelta(seconds=20)
        done = update(Work).where(Work.kind == SENDING, Work.ref_id == letter.id)
        db.session.execute(done.values(state=WorkState.DONE, attempts=1, finished_at=letter.sent_at))
        if letter.ticket_id and letter.id % NEVER_OPENED:
            db.session.add(_opened(letter, letter.sent_at))


def _opened(letter: Letter, sent_at: datetime) -> PersonalLink:
    """The link of a letter that was opened before lunch; nobody has its secret."""
    days = timedelta(days=LINK_DAYS["ticket"])
    link = {"digest": new_secret()[1], "purpose": "ticket", "subject": letter.subject, "person_id": letter.person_id}
    when = {"created_at": sent_at, "expires_at": sent_at + days, "opened_at": sent_at + timedelta(minutes=40)}
    return PersonalLink(**link, **when, seat_id=letter.seat_id)
