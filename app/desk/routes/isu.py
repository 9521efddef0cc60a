"""/isu: the list, one isu with its coverage, and putting together or taking apart."""

from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.numbers import whole
from app.core.refused import Refused
from app.desk import policy
from app.desk.forms import IsuForm, IsuMergeForm, IsuTitleForm
from app.desk.policy import ISU_READERS
from app.desk.queries import isu as queries
from app.desk.routes import bp
from app.desk.routes.alerts import ONE, by_day
from app.desk.routes.reading import shown
from app.desk.rules import so_many_alerts
from app.desk.rules.isu import ticks
from app.extensions import db
from app.monitoring.actions import isu as actions
from app.monitoring.forms import BareForm
from app.monitoring.models import Alert, Isu
from app.monitoring.policy import may_sort
from app.people.rules import Role
from app.people.saved import saved_views
from app.web.access import allow
from app.web.forms import Form
from app.web.fragments import fragment, page, wants_fragment
from app.web.lists import arg, here_with, int_arg, list_with
from app.web.nonce import first_use

FORMS = "judul, satukan, pisah, keluarkan"
CHANGED = "Isu ini baru saja diubah orang lain. Periksa lagi, lalu simpan."


@bp.get("/isu")
@allow(*ISU_READERS)
def isu_list():
    words, seat = arg("q"), current_user.seat
    found = queries.page_of_isu(words, seat, int_arg("sebelum"))
    held = queries.summaries([row.id for row in found.rows], seat) if found else {}
    more = here_with(sebelum=found.next) if found.next else None
    kept = {"saved": saved_views(seat, "/isu"), "export": lambda form: list_with(url_for("desk.export_isu", form=form))}
    return page("desk/isu_list.html", words=words, found=found, held=held, more=more, sorts=may_sort(seat), **kept)


@bp.get("/isu/<int:isu_id>")
@allow(*ISU_READERS)
def isu(isu_id: int):
    return page("desk/isu.html", **_shown(isu_id))


@bp.get(f"/isu/<int:isu_id>/<any({FORMS}):block>")
@allow(Role.DISKOMINFO)
def form_of_isu(isu_id: int, block: str):
    """The address of a form is no page of its own: it stands on the page of the isu."""
    queries.titled(isu_id, current_user.seat) or abort(404)
    return redirect(url_for("desk.isu", isu_id=isu_id, _anchor=block), 303)


@bp.post("/isu/<int:isu_id>/judul")
@allow(Role.DISKOMINFO)
def rename_isu(isu_id: int):
    found, form = policy.held_isu(isu_id, current_user.seat), IsuTitleForm()
    return _change(found, "title_form", form, lambda: _rename(found, form))


@bp.post("/isu/<int:isu_id>/satukan")
@allow(Role.DISKOMINFO)
def merge_isu(isu_id: int):
    found = policy.held_isu(isu_id, current_user.seat)
    form = IsuMergeForm.among(queries.recent_isu(current_user.seat, without=isu_id))
    return _change(found, "merge_form", form, lambda: _merge(found, form))


@bp.post("/isu/<int:isu_id>/pisah")
@allow(Role.DISKOMINFO)
def split_isu(isu_id: int):
    found, form = policy.held_isu(isu_id, current_user.seat), BareForm()
    part = policy.held_part(whole(request.form.get("part")) or 0, found, current_user.seat)
    return _change(found, "bare_form", form, lambda: _split(part))


@bp.post("/isu/<int:isu_id>/keluarkan")
@allow(Role.DISKOMINFO)
def take_from_isu(isu_id: int):
    alert = policy.held_alert(whole(request.form.get("alert")) or 0, current_user.seat)
    found, form = policy.held_isu(isu_id, current_user.seat), BareForm()
    return _change(found, "bare_form", form, lambda: _take_out(alert, found))


@bp.post("/pantauan/<int:alert_id>/isu")
@allow(Role.DISKOMINFO)
def put_alert_together(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = IsuForm.among(queries.recent_isu(current_user.seat))
    return _sort_alert(alert, form, lambda: join_isu([alert], form))


@bp.post("/pantauan/<int:alert_id>/lepas-isu")
@allow(Role.DISKOMINFO)
def take_alert_out(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    return _sort_alert(alert, BareForm(), lambda: leave_isu([alert], None))


def join_isu(alerts: list[Alert], form: IsuForm) -> tuple[str, bool]:
    """The alerts are in the chosen isu, or in a new one."""
    seat = current_user.seat
    chosen = policy.held_isu(whole(form.isu.data) or 0, seat) if form.isu.data else None
    isu = actions.put_together(alerts, seat, form.title.data or "", chosen)
    return f"{so_many_alerts(len(alerts))} disatukan dalam isu {isu.id}.", True


def leave_isu(alerts: list[Alert], _form: Form | None) -> tuple[str, bool]:
    actions.take_out(alerts, current_user.seat)
    return f"{so_many_alerts(len(alerts))} dikeluarkan dari isunya.", False


def _rename(isu: Isu, form: IsuTitleForm) -> str:
    actions.rename(isu, current_user.seat, form.title.data or "")
    return "Judul isu disimpan."


def _merge(isu: Isu, form: IsuMergeForm) -> str:
    into = policy.held_isu(whole(form.into.data) or 0, current_user.seat)
    actions.merge(isu, into, current_user.seat)
    return f"Isu {isu.id} disatukan ke sini. Di bawah ini bisa dipisah lagi."


def _split(part: Isu) -> str:
    actions.split(part, current_user.seat)
    return f"Isu {part.id} berdiri sendiri lagi."


def _take_out(alert: Alert, isu: Isu) -> str:
    if actions.root_of(alert) != isu.id:
        raise Refused({"alert": "Pantauan itu sudah tidak ada di isu ini."})
    actions.take_out([alert], current_user.seat)
    return "Pantauan dikeluarkan dari isu ini. Dari halamannya ia bisa disatukan lagi."


def _change(isu: Isu, name: str, form: Form, act: Callable[[], str]):
    """The way of every verb on an isu: once per nonce, not over a stale screen, then the page of where it now is."""
    isu_id = isu.id
    if first_use(request.form.get("nonce", "")):
        stale = form.is_stale(isu)
        try:
            if stale or not form.validate():
                raise Refused({"": CHANGED} if stale else {})
            words = act()
            db.session.commit()
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal.errors)
            return _refused(isu_id, name, form, 409 if stale else 422)
        flash(words)
    db.session.rollback()
    return redirect(_now_at(isu_id), 303)


def _refused(isu_id: int, name: str, form: Form, status: int):
    context = _shown(isu_id)
    form.version.data = str(context["isu"].version)
    return page("desk/isu.html", status, **context | {name: form, "refused": name})


def _now_at(isu_id: int) -> str:
    """Its page, that of the isu it went into, or the list when it holds nothing any more."""
    root = db.session.get_one(Isu, isu_id).root_id
    if root and queries.titled(root, current_user.seat):
        return url_for("desk.isu", isu_id=root)
    flash("Isu tanpa pantauan tidak ditampilkan lagi.")
    return url_for("desk.isu_list")


def _sort_alert(alert: Alert, form: Form, act: Callable[[], tuple[str, bool]]):
    """The page of the alert, or its reader beside the list, as it is then."""
    alert_id, status, given = alert.id, 200, {}
    try:
        if first_use(request.form.get("nonce", "")):
            if not form.validate():
                raise Refused({})
            flash(act()[0])
            db.session.commit()
    except Refused as refusal:
        form.refuse(refusal.errors)
        status, given = 422, {"isu_form": form, "refused": "isu"}
    db.session.rollback()
    if not wants_fragment():
        return _alert_page(alert_id, status, given)
    alert = policy.visible_alert(alert_id, current_user.seat)
    return fragment(ONE, "reader", status, whole=False, **shown(alert, **given))


def _alert_page(alert_id: int, status: int, given: dict):
    if status == 200:
        return redirect(url_for("desk.alert", alert_id=alert_id), 303)
    return page(ONE, status, whole=True, **shown(policy.visible_alert(alert_id, current_user.seat), **given))


def _shown(isu_id: int) -> dict:
    """Everything that `desk/isu.html` needs."""
    seat = current_user.seat
    isu = queries.titled(isu_id, seat) or abort(404)
    held = queries.summaries([isu_id], seat).get(isu_id) or abort(404)  # it may have lost its last alert meanwhile
    days = queries.per_day(isu_id, seat, clock.local(held.latest_at).date()) or abort(404)
    rows = queries.coverage(isu_id, seat, arg("sebelum"))
    return {
        "isu": isu, "held": held, "days": days, "scale": ticks(max((day.total for day in days), default=0)),
        "rows": rows, "by_day": by_day(rows.rows), "more": here_with(sebelum=rows.next) if rows.next else None,
        "outlets": queries.outlets(isu_id, seat), "tickets": queries.tickets_of(isu_id, seat),
        "parts": queries.merged_into(isu_id, seat), "sorts": may_sort(seat), "refused": "",
        **(_forms(isu) if may_sort(seat) else {}),
    }  # fmt: skip


def _forms(isu) -> dict:
    others = queries.recent_isu(current_user.seat, without=isu.id)
    return {
        "title_form": IsuTitleForm(of=isu, formdata=None, data={"title": isu.title}),
        "merge_form": IsuMergeForm.among(others, of=isu, formdata=None),
        "bare_form": BareForm(formdata=None),
        "others": others,
    }
