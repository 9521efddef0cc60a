"""The queue, an OPD's own tasks and the proposals as files: the same rows, all pages at once."""

from collections.abc import Iterator

from flask_login import current_user

from app.core import clock
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy, queries
from app.tickets.queries import authority as proposals
from app.tickets.queries.tasks import own_tasks
from app.tickets.routes import bp
from app.tickets.routes.queue import wanted_by
from app.web.access import allow, signed_in
from app.web.downloads import MOST_IN_CSV, TABLE_FORMS, send_table
from app.web.lists import arg

HEADER = (
    "Nomor", "Judul", "Jenis", "Tingkat", "Keadaan", "OPD pengampu", "Pemegang", "Pantauan", "Dibuka", "Diterima OPD",
    "Tenggat", "Selesai", "Sifat",
)  # fmt: skip

TASK_HEADER = ("Tiket", "Tugas", "Yang diminta", "Perkara", "Untuk", "Pemegang", "Keadaan", "Diterima", "Tenggat")
PROPOSED = ("Tiket", "Judul", "OPD", "Sebab", "Uraian", "Diusulkan", "Diputuskan", "Dikirim kepada")


@bp.get(f"/tiket/unduh.<{TABLE_FORMS}:form>")
@signed_in
def export(form):
    """What the queue shows with this query string; more than a form holds is told in its last row."""
    seat = current_user.seat
    wanted = wanted_by(seat, policy.opd_choices() if not seat.role.of_opd else [])
    if wanted.view == queries.TASKS:
        return send_table(form, f"tugas-{clock.today():%Y%m%d}", TASK_HEADER, _tasks(seat))
    listed = queries.in_order(queries.rows(seat, wanted), wanted).limit(MOST_IN_CSV + 1)
    return send_table(form, f"tiket-{clock.today():%Y%m%d}", HEADER, _lines(seat, listed))


@bp.get(f"/usulan/unduh.<{TABLE_FORMS}:form>")
@allow(Role.DISKOMINFO)
def export_escalations(form):
    listed = proposals.listed(current_user.seat, arg("tampilan", "terbuka", list(proposals.VIEWS)))
    return send_table(form, f"usulan-{clock.today():%Y%m%d}", PROPOSED, _proposals(listed.limit(MOST_IN_CSV + 1)))


def _proposals(listed) -> Iterator[tuple]:
    yield from map(_proposal, db.session.execute(listed.execution_options(yield_per=500)))


def _proposal(row) -> tuple:
    title = "" if row.restricted else row.shown_title
    when = map(clock.for_table, (row.proposed_at, row.closed_at))
    return (f"{row.ticket_id:04d}", title, row.opd or "", row.cause.label, row.reason, *when, row.sent_to)


def _tasks(seat: Seat) -> Iterator[tuple]:
    for row in own_tasks(seat):
        when = map(clock.for_table, (row.received_at, row.due_at))
        yield (
            f"{row.ticket_id:04d}",
            row.number,
            row.text,
            row.matter,
            row.opd,
            row.holder or "",
            row.state.label,
            *when,
        )


def _lines(seat: Seat, listed) -> Iterator[tuple]:
    inside = seat.role is Role.DISKOMINFO
    for row in db.session.execute(listed.execution_options(yield_per=500)):
        secrets = [word for marked, word in ((row.sensitive, "Judul aman"), (row.restricted, "Terbatas")) if marked]
        yield (
            f"{row.id:04d}",
            row.safe_title if row.sensitive else row.title,
            row.ticket_class.label,
            (row.level if inside else row.level.outside).label,
            row.state.label,
            row.lead or "",
            row.holder or "",
            row.alerts,
            *map(clock.for_table, (row.opened_at, row.received_at, row.due_at, row.ended_at)),
            ", ".join(secrets),
        )
