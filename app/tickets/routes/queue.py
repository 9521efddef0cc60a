"""`/tiket`: the queue. Its whole state is its address."""

from dataclasses import dataclass

from flask import request, url_for
from flask_login import current_user

from app.core import clock
from app.core.calendar import Calendar
from app.people.calendars import calendars
from app.people.models import Seat
from app.people.rules import Role
from app.people.saved import saved_views
from app.tickets import policy, queries
from app.tickets.policy import secrecy
from app.tickets.queries import VIEWS, Wanted
from app.tickets.queries.tasks import count_own_tasks, own_tasks
from app.tickets.routes import bp
from app.tickets.rules import CLASS_LABELS, Level, State, TicketClass
from app.tickets.rules.asks import Ask, ask_of
from app.tickets.rules.bulk import acts_for
from app.tickets.rules.due import Due, tell
from app.web.access import signed_in
from app.web.fragments import page
from app.web.lists import PAGE, arg, here_with, list_with, slice_of

SORTS = {"terbaru": "Terbaru", "tenggat": "Tenggat"}


@dataclass(frozen=True)
class Line:
    """A row of the queue as its reader sees it."""

    row: object
    title: str
    level: Level
    due: Due
    ask: Ask | None

    @property
    def number(self) -> str:
        return f"{self.row.id:04d}"


@bp.get("/tiket")
@signed_in
def queue():
    seat = current_user.seat
    views = queries.views_for(seat)
    opds = policy.opd_choices() if not seat.role.of_opd else []
    wanted = wanted_by(seat, opds)
    counts = queries.view_counts(seat) | {queries.TASKS: count_own_tasks(seat)}
    views = [name for name in views if name != queries.TASKS or counts[name] or wanted.view == name]
    if wanted.view == queries.TASKS:
        return _own_tasks(seat, wanted, _views(views, wanted, counts))
    listed = queries.page(queries.rows(seat, wanted), wanted, arg("sebelum"), PAGE)
    part = slice_of(listed, lambda row: queries.cursor_of(row, wanted))
    hours = calendars()
    return page(
        "tickets/queue.html",
        lines=[_line(row, seat, hours.of(row.lead_opd_id)) for row in part.rows],
        more=here_with(sebelum=part.next) if part.next else None,
        views=_views(views, wanted, counts),
        wanted=wanted,
        filters=_filters(seat, wanted, opds),
        inside=seat.role is Role.DISKOMINFO,
        of_opd=seat.role.of_opd,
        empty=_empty(seat, wanted),
        may_open_in_emergency=secrecy.may_try_emergency(seat),
        saved=saved_views(seat, "/tiket"),
        export=_exported,
        acts=acts_for(seat.role),
    )


def _own_tasks(seat: Seat, wanted: Wanted, views: list[tuple]):
    """«Tugas kami»: what the OPD does for tickets that others lead."""
    mine = calendars().of(seat.opd_id)
    rows = [(row, tell(row.received_at, row.due_at, row.paused_at, row.ended_at, mine)) for row in own_tasks(seat)]
    told = {"views": views, "wanted": wanted, "opd": seat.opd.short, "export": _exported}
    return page("tickets/own_tasks.html", rows=rows, **told)


def _exported(form: str) -> str:
    """The address of the list as a file."""
    return list_with(url_for("tickets.export", form=form))


def wanted_by(seat: Seat, opds) -> Wanted:
    """What this request's query string asks of the queue, as far as `seat` may."""
    words, views = arg("q"), queries.views_for(seat)
    first = "semua" if words else views[0]
    code = arg("opd")
    return Wanted(
        view=arg("tampilan", first, views),
        state=State(value) if (value := arg("keadaan", "", list(State))) else None,
        level=Level(value) if (value := arg("tingkat", "", list(Level))) else None,
        ticket_class=TicketClass(value) if (value := arg("jenis", "", list(TicketClass))) else None,
        opd_id=next((opd.id for opd in opds if opd.code == code), None),
        seat_id=seat.id if arg("pemegang") == "saya" else None,
        unheld=arg("pemegang") == "belum",
        words=words,
        by_due=arg("urut", "terbaru", list(SORTS)) == "tenggat",
    )


def _line(row, seat: Seat, calendar: Calendar) -> Line:
    inside = seat.role is Role.DISKOMINFO
    due = tell(row.received_at, row.due_at, row.paused_at, row.ended_at, calendar)
    if seat.role is Role.PIMPINAN and due.mood:
        due = Due(clock.short(row.due_at), used=due.used)  # lateness of OPDs is not told upward by a machine
    return Line(
        row=row,
        title=row.safe_title if row.sensitive else row.title,
        level=row.level if inside else row.level.outside,
        due=due,
        ask=ask_of(row.state, policy.stands_as(row.lead_opd_id, seat)),
    )


def _views(views: list[str], wanted: Wanted, counts: dict[str, int]) -> list[tuple]:
    """Pills: label, address, whether it is this one, count. A changed view keeps the other filters."""
    return [(VIEWS[name][0], here_with(tampilan=name), name == wanted.view, counts.get(name)) for name in views]


def _filters(seat: Seat, wanted: Wanted, opds) -> list[dict]:
    """The selects above the list, each with its present value."""
    levels = [level for level in Level if seat.role is Role.DISKOMINFO or level is not Level.KRISIS]
    selects = [
        ("keadaan", "Keadaan", [(state.value, state.label) for state in State], wanted.state or ""),
        ("tingkat", "Tingkat", [(level.value, level.label) for level in levels], wanted.level or ""),
        ("jenis", "Jenis", [(kind.value, label) for kind, label in CLASS_LABELS.items()], wanted.ticket_class or ""),
    ]
    if opds:
        selects.append(("opd", "OPD pengampu", [(opd.code, opd.short) for opd in opds], arg("opd")))
    if seat.role is not Role.PIMPINAN:
        selects.append(("pemegang", "Pemegang", [("saya", "Saya"), ("belum", "Belum ditunjuk")], arg("pemegang")))
    return [
        {"name": name, "label": label, "options": options, "value": value} for name, label, options, value in selects
    ]


def _empty(seat: Seat, wanted: Wanted) -> tuple[str, str]:
    """What an empty list says: why, and what to do."""
    if wanted.words:
        return (f"Tidak ada yang cocok dengan “{wanted.words}”", "Coba satu kata saja, atau hapus saringannya.")
    if len(request.args.keys() & {"keadaan", "tingkat", "jenis", "opd", "pemegang"}):
        return ("Tidak ada tiket dengan saringan ini", "Hapus satu saringan untuk melihat lebih banyak.")
    if wanted.view == "giliran" and seat.role.of_opd:
        why = "Permintaan berikutnya datang lewat email dan muncul di sini."
        return (f"Tidak ada yang menunggu {seat.opd.short}", why)
    if wanted.view == "giliran":
        return (
            "Tidak ada yang menunggu Diskominfo",
            "Tiket baru, keberatan, dan jawaban untuk ditelaah muncul di sini.",
        )
    if wanted.view == "pernah":
        return ("Belum ada tiket yang dialihkan", "Tiket yang pernah dipegang OPD Anda tetap bisa dibaca di sini.")
    return ("Belum ada tiket di sini", "Tiket lahir dari pantauan yang dipilah Diskominfo.")
