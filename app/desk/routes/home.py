"""/: each role's desk. What waits stands first, with the verb of its state."""

from flask import redirect, url_for
from flask_login import current_user

from app.agenda.queries import at_stage, plan_counts
from app.agenda.rules import AgendaStage
from app.core import clock
from app.desk.forms import ShiftForm
from app.desk.queries import desks
from app.desk.queries.guarded import guarded
from app.desk.queries.mirror import not_entered
from app.desk.queries.numbers import numbers
from app.desk.routes import bp
from app.desk.rules import CENTRE_ASKS, CRISIS, STAND_IN, WAITING_FOR, asks_of, at_most, in_words
from app.extensions import db
from app.monitoring.queries.alerts import ill_sources
from app.monitoring.queries.sources import waiting_files
from app.people import policy as people
from app.people.calendars import calendar_of, on_duty
from app.people.models import Seat
from app.people.queries import by_opd, seats_to_mind, waiting_seats, without_narahubung
from app.people.rules import DECREE_FOLLOWS_DAYS, Role
from app.tickets.queries.authority import waiting_rulings
from app.tickets.queries.tasks import waiting_tasks
from app.tickets.rules.due import tell
from app.web import tallies
from app.web.access import signed_in
from app.web.fragments import page

MOST = 20


@bp.get("/")
@signed_in
def home():
    seat = current_user.seat
    if seat.welcomed_at is None and desks.is_newcomer(seat):
        return redirect(url_for("desk.welcome"), 303)
    return DESKS[seat.role](seat)


def _centre(seat: Seat):
    """Diskominfo: what to sort, whose turn is the centre's, who moved, what is ill."""
    unanswered = without_narahubung()
    waiting, matters = numbers(seat), desks.centre_matters(seat, unanswered)
    return page(
        "desk/centre.html",
        now=clock.now(),
        to_sort=at_most(waiting.to_sort) if waiting.to_sort else "",
        turn=in_words(waiting.turn) if waiting.turn else "",
        groups=CENTRE_ASKS,
        asks=asks_of(seat.role),
        crisis=CRISIS,
        stand_in=STAND_IN,
        counts=waiting.tickets,
        matters=matters,
        tasks=waiting_tasks(seat),
        calendar=calendar_of(),
        told=tell,
        seats=db.session.scalars(waiting_seats().limit(MOST)).all(),
        sources=db.session.scalars(ill_sources().limit(MOST)).all(),
        going_up=desks.counted(matters["going_up"]),
        unheard=desks.counted(matters["unheard"]),
        letters=tallies.tally("letters", seat).get("failed", 0),
        unanswered=len(unanswered),
        calls=sum(tallies.tally("unopened", seat).values()),
        seats_to_mind=seats_to_mind(),
        not_entered=not_entered(seat),
        files=waiting_files(),
        guarded=guarded(seat),
        notes=desks.shift_notes(),
        shift_form=ShiftForm(formdata=None),
        duty=on_duty(),
    )


def _agency(seat: Seat):
    """An OPD: what it is asked, what it waits for, what it finished, who sits for it."""
    asks = asks_of(seat.role)
    elsewhere = [state for state in WAITING_FOR if state not in asks]
    mine = desks.matters_of(seat, asks, desks.MOST_MINE)
    return page(
        "desk/agency.html",
        now=clock.now(),
        calendar=calendar_of(seat.opd_id),
        asks=asks,
        many=in_words(numbers(seat).turn),
        mine=mine,
        tasks=waiting_tasks(seat),
        elsewhere=desks.matters_of(seat, elsewhere, desks.MOST_ELSEWHERE),
        waiting_for=WAITING_FOR,
        done=desks.finished_this_week(seat),
        seats=db.session.scalars(by_opd(people.visible_to(seat)).limit(MOST)).all(),
        days_left=_days_left,
        guarded=guarded(seat),
        told=tell,
    )


def _leaders(seat: Seat):
    """Pimpinan read: what is asked of them, the matters most told, then all open ones; no level, no lateness.

    Nothing restricted stands here either.
    """
    return page(
        "desk/leaders.html",
        now=clock.now(),
        matters=desks.open_matters(seat),
        told_most=desks.told_most(seat),
        answers=desks.approved_answers(seat),
        rulings=waiting_rulings(seat),
        agreed=db.session.scalars(at_stage(seat, AgendaStage.AGREED).limit(MOST)).all(),
        plans=plan_counts(seat),
    )


def _days_left(seat: Seat) -> int:
    """Days until the decree of a temporary seat is due."""
    return DECREE_FOLLOWS_DAYS - (clock.today() - seat.starts_on).days


DESKS = {Role.DISKOMINFO: _centre, Role.ADMIN_OPD: _agency, Role.NARAHUBUNG: _agency, Role.PIMPINAN: _leaders}
