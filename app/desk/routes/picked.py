"""/pantauan/pilihan: the same verbs on a selection, with what could not be done told row by row."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core.numbers import whole
from app.core.refused import Refused
from app.desk import policy
from app.desk.forms import IsuForm, MergeForm, TicketForm
from app.desk.queries.alerts import rows_of
from app.desk.queries.isu import recent_isu
from app.desk.queries.similar import similar_tickets
from app.desk.routes import bp
from app.desk.routes.isu import join_isu, leave_isu
from app.desk.routes.reading import last_sorting, told
from app.desk.routes.sorting import Words, hide_titles, join_ticket, open_ticket, put_aside, take_back, tell_titles
from app.extensions import db
from app.monitoring.forms import BareForm, IgnoreForm
from app.monitoring.models import Alert
from app.monitoring.rules.kinds import AlertState
from app.people.rules import Role
from app.tickets import policy as ticket_policy
from app.web.access import allow
from app.web.forms import Form
from app.web.fragments import fragment, page, wants_fragment
from app.web.nonce import first_use

PICKED = "desk/picked.html"
MOST = 100
UNDO = "urungkan"
OUT_OF_ISU = "lepas"
UNMARK = "batal-sensitif"
ACTS = ("tiket", "gabung", "isu", "sensitif", "abaikan", UNDO, OUT_OF_ISU, UNMARK)
BUTTONS = (UNDO, OUT_OF_ISU, UNMARK)
"""Acts that are a button in a toast, without a form to show."""
WHATEVER_STATE = ("isu", "sensitif", *BUTTONS)
TAKEN_BACK_BY = {"isu": OUT_OF_ISU, "sensitif": UNMARK}
Verb = Callable[[list[Alert], Form], Words]


@bp.get("/pantauan/pilihan")
@allow(Role.DISKOMINFO)
def picked():
    """What is about to happen to how many, before it happens."""
    act, alerts = request.args.get("act", "tiket"), _visible(request.args.getlist("ids"))
    if not alerts or act not in ACTS or act in BUTTONS:
        flash("Pilih pantauan lebih dulu.", "error")
        return _to_list()
    return _show(act, alerts, _form(act, alerts, formdata=None))


@bp.post("/pantauan/pilihan")
@allow(Role.DISKOMINFO)
def sort_picked():
    act, ids = request.form.get("act", ""), _ids(request.form.getlist("ids"))
    alerts = policy.held_alerts(ids, current_user.seat)
    if not alerts or act not in ACTS:
        db.session.rollback()
        flash("Pilih pantauan dan tindakannya lebih dulu.", "error")
        return _to_list(422)
    form = _form(act, alerts)
    if not first_use(request.form.get("nonce", "")):
        return _done(act, ids, [], ("Sudah tersimpan.", False))
    ready = [alert for alert in alerts if act in WHATEVER_STATE or alert.state is AlertState.NEW]
    return _carry_out(act, ids, ready, form)


def _carry_out(act: str, ids: list[int], ready: list[Alert], form: Form):
    """Do it to those that still wait to be sorted; the others are told, with who was first."""
    done = [alert.id for alert in ready]
    try:
        if not form.validate():
            raise Refused({})
        words = VERBS[act](ready, form) if ready else ("Semua sudah dipilah orang lain.", False)
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal.errors)
        return _cannot(form) if act in BUTTONS else _show(act, _visible(map(str, ids)), form, 422)
    return _done(act, ids, done, words)


def _cannot(form: Form):
    """Taking back is a button in a toast: it has no form to show errors in."""
    if wants_fragment():
        return page("desk/_cannot.html", 422, form=form, conflict=None)
    flash(" ".join(form.form_errors), "error")
    return _to_list()


def _done(act: str, ids: list[int], done: list[int], words: Words):
    """Every row as it is now; what could not be done is named with its reason."""
    db.session.rollback()
    left = [alert for alert in _visible(map(str, ids)) if done and alert.id not in done]
    failed = [(alert, last_sorting(alert)) for alert in left]
    shown = {"act": act, "words": words[0], "failed": failed, "told": told, "undo": done if words[1] else []}
    shown["undo_act"] = TAKEN_BACK_BY.get(act, UNDO)
    if wants_fragment():
        rows = list(rows_of(ids, current_user.seat).values())
        return page("desk/_sorted_many.html", rows=rows, form=BareForm(formdata=None), dated=False, **shown)
    if failed:
        return page("desk/sorted_some.html", **shown)
    flash(words[0])
    return _to_list()


def _show(act: str, alerts: list[Alert], form: Form, status: int = 200):
    shown = {"act": act, "alerts": alerts, "form": form, "similar": []}
    if act == "gabung":
        shown["similar"] = similar_tickets(alerts[0], current_user.seat)
    if wants_fragment():
        return fragment(PICKED, "picked", status, whole=False, **shown)
    return page(PICKED, status, whole=True, **shown)


def _form(act: str, alerts: list[Alert], **kwargs) -> Form:
    if act == "tiket":
        form: Form = TicketForm.about(alerts, ticket_policy.opd_choices(), **kwargs)
        form.version.data = ""  # a selection has no single version: each row's state is looked at
        return form
    if act == "isu":
        return IsuForm.among(recent_isu(current_user.seat), **kwargs)
    return {"gabung": MergeForm, "abaikan": IgnoreForm}.get(act, BareForm)(**kwargs)


def _visible(given) -> list[Alert]:
    """The visible alerts among these ids, the latest published first."""
    wanted = policy.alerts_for(current_user.seat).where(Alert.id.in_(_ids(given)))
    return list(db.session.scalars(wanted.order_by(Alert.published_at.desc(), Alert.id.desc())))


def _ids(given) -> list[int]:
    """At most a hundred whole numbers, each once."""
    numbers = (number for text in given if (number := whole(text)))
    return list(dict.fromkeys(numbers))[:MOST]


def _to_list(status: int = 303):
    """Back to the list; a script that asked for a fragment is sent there too."""
    home = url_for("desk.alerts")
    if wants_fragment():
        return "", status if status >= 400 else 200, {"HX-Redirect": home}
    return redirect(home, 303)


VERBS: dict[str, Verb] = {
    "tiket": open_ticket, "gabung": join_ticket, "isu": join_isu, "abaikan": put_aside,
    "sensitif": hide_titles, UNDO: take_back, OUT_OF_ISU: leave_isu, UNMARK: tell_titles,
}  # type: ignore[dict-item]  # fmt: skip
