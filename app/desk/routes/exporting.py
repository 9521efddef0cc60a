"""The pantauan and the isu as files: the rows of the lists, through the same permissions."""

from collections.abc import Iterator
from dataclasses import replace

from flask import request
from flask_login import current_user

from app.core import clock
from app.desk.queries import alerts
from app.desk.queries import isu as isu_queries
from app.desk.routes import bp
from app.desk.routes.isu import ISU_READERS
from app.desk.rules import Wanted
from app.people.rules import Role
from app.web.access import allow
from app.web.downloads import MOST_IN_CSV, TABLE_FORMS, send_table
from app.web.lists import arg

ALERTS = ("Nomor", "Terbit", "Judul", "Media", "Kanal", "Tone", "Keadaan", "Tiket", "Alamat")
ISU = ("Nomor", "Judul", "Dibuka", "Pantauan", "Media", "Negatif", "Tiket", "Terakhir")


@bp.get(f"/pantauan/unduh.<{TABLE_FORMS}:form>")
@allow(Role.DISKOMINFO)
def export_alerts(form):
    wanted = Wanted.read(request.args)
    return send_table(form, f"pantauan-{clock.today():%Y%m%d}", ALERTS, _alerts(wanted))


@bp.get(f"/isu/unduh.<{TABLE_FORMS}:form>")
@allow(*ISU_READERS)
def export_isu(form):
    return send_table(form, f"isu-{clock.today():%Y%m%d}", ISU, _isu(arg("q")))


def _alerts(wanted: Wanted) -> Iterator[tuple]:
    """Page by page, as the list reads them."""
    seat, sent = current_user.seat, 0
    while sent <= MOST_IN_CSV:
        part = alerts.page_of(wanted, seat)
        urls = alerts.addresses_of([row.id for row in part.rows])
        for row in part.rows:
            hidden = row.sensitive
            yield (
                row.id,
                clock.for_table(row.published_at),
                row.shown_title,
                "" if hidden else row.media or row.source,
                row.channel.label,
                row.tone.label if row.tone else "",
                row.state.label,
                f"{row.ticket_id:04d}" if row.ticket_id else "",
                "" if hidden else urls[row.id],
            )
        sent += len(part.rows)
        if part.next is None:
            return
        wanted = replace(wanted, before=part.next)


def _isu(words: str) -> Iterator[tuple]:
    seat, before = current_user.seat, None
    while True:
        part = isu_queries.page_of_isu(words, seat, before)
        held = isu_queries.summaries([row.id for row in part.rows], seat) if part.rows else {}
        for row in part.rows:
            told = held.get(row.id)
            many = (told.alerts, told.outlets, told.negative, told.tickets) if told else (0, 0, 0, 0)
            latest = clock.for_table(told.latest_at) if told else ""
            yield (row.id, row.title, clock.for_table(row.opened_at), *many, latest)
        if part.next is None:
            return
        before = int(part.next)
