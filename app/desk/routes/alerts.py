"""/pantauan: the list, what came since, and one alert."""

from dataclasses import replace
from datetime import date

from flask import redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.desk import policy
from app.desk.queries import alerts as queries
from app.desk.queries.numbers import numbers
from app.desk.routes import bp
from app.desk.routes.reading import shown
from app.desk.rules import AGES, MOST_COUNTED, View, Wanted, at_most
from app.extensions import db
from app.monitoring.queries.alerts import choices_of_filters, tones_to_sort
from app.monitoring.rules.kinds import Channel
from app.people.rules import Role
from app.people.saved import saved_views
from app.web.access import allow
from app.web.fragments import fragment, not_modified, page, tagged, unchanged, wants_fragment
from app.web.lists import here_with, list_with

LIST, ONE = "desk/alerts.html", "desk/alert.html"
FORMS = (
    "tiket, gabung, abaikan, sensitif, 'batal-sensitif', 'judul-aman', tone, 'judul-asli', urungkan, berkas, isu,"
    " 'lepas-isu'"
)


@bp.get("/pantauan")
@allow(Role.DISKOMINFO)
def alerts():
    wanted = Wanted.read(request.args)
    rows = queries.page_of(wanted, current_user.seat)
    return page(
        LIST,
        wanted=wanted,
        rows=rows,
        days=[(None, rows.rows)] if wanted.q else by_day(rows.rows),
        waiting=at_most(numbers(current_user.seat).to_sort),
        tones=_tones(wanted),
        choices=_choices(),
        since=queries.watch(wanted) if wanted.live else "",
        arrived=0,
        more=here_with(sebelum=rows.next) if rows.next else None,
        here_with=here_with,
        now=clock.now(),
        today=clock.today(),
        dated=bool(wanted.q),
        views=View,
        ages=AGES,
        channels=Channel,
        saved=saved_views(current_user.seat, "/pantauan"),
        export=lambda form: list_with(url_for("desk.export_alerts", form=form)),
    )


@bp.get("/pantauan/baru")
@allow(Role.DISKOMINFO)
def new_alerts():
    """«3 pantauan baru. Tampilkan»: the strip alone, or 304 while nothing came."""
    wanted, since = Wanted.read(request.args), request.args.get("sejak", "")
    if not wants_fragment():
        return redirect(url_for("desk.alerts"), 303)
    many = queries.arrived(wanted, since)
    tag = f"{since}-{many}"
    if unchanged(tag):
        return not_modified(tag)
    strip = fragment(LIST, "fresh", wanted=wanted, since=since, arrived=many, here_with=_list_with, now=clock.now())
    return tagged(strip, tag)


@bp.get("/pantauan/<int:alert_id>")
@allow(Role.DISKOMINFO)
def alert(alert_id: int):
    found = policy.visible_alert(alert_id, current_user.seat)
    if wants_fragment():
        return fragment(ONE, "reader", whole=False, **shown(found))
    return page(ONE, whole=True, **shown(found))


@bp.get(f"/pantauan/<int:alert_id>/<any({FORMS}):block>")
@allow(Role.DISKOMINFO)
def form_of_alert(alert_id: int, block: str):
    """The address of a form is no page of its own: it stands on the alert's page."""
    found = policy.visible_alert(alert_id, current_user.seat)
    return redirect(url_for("desk.alert", alert_id=found.id, _anchor=f"{block}-{found.id}"), 303)


def _list_with(**changes) -> str:
    """The list itself with the filters that the strip was asked with."""
    return list_with(url_for("desk.alerts"), ("sejak", "sebelum"), **changes)


def by_day(rows) -> list[tuple[date | None, list]]:
    """Rows under the local day they were published on; the order of the list stays."""
    days: list[tuple[date | None, list]] = []
    for row in rows:
        day = clock.local(row.published_at).date()
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(row)
    return days


def _tones(wanted: Wanted) -> dict[str, str]:
    """How many of each tone wait, where nothing else narrows the list."""
    if wanted.view is not View.NEW or replace(wanted, tone=None).filtered:
        return {}
    counts = db.session.execute(tones_to_sort(MOST_COUNTED)).one()._asdict()
    return {name: at_most(many) for name, many in counts.items()}


def _choices() -> dict[str, list]:
    """Sources and OPDs to filter by."""
    choices: dict[str, list] = {"sumber": [], "opd": []}
    for name, key, label in db.session.execute(choices_of_filters()):
        choices[name].append((key, label))
    return choices
