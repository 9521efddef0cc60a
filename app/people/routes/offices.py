"""/pengaturan/opd: agencies and outside bodies, what we only guess about them, and who has no narahubung."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.people import actions, policy, queries
from app.people.forms import NewOpdForm, OpdForm
from app.people.models import Opd
from app.people.routes import bp
from app.people.routes.persons import keepers
from app.people.rules import OPD_FIELDS, OPD_KINDS
from app.web.conflicts import conflict
from app.web.fragments import page
from app.web.lists import arg, here_with

GUESSED = {"name": "nama", "abbreviations": "singkatan", "topics": "kata topik"}
FILTERS = {"": "Semua", "opd": "OPD", "luar": "Instansi luar", "kosong": "Belum ada narahubung", "dugaan": "Ada dugaan"}


@bp.get("/pengaturan/opd")
@keepers
def opds():
    chosen, words = arg("saring", allowed=list(FILTERS)), arg("q")
    without = queries.without_narahubung()
    every = db.session.scalars(queries.opds()).all()
    shown = [opd for opd in every if _passes(opd, chosen, without) and queries.bears(opd, words)]
    return page(
        "people/opds.html",
        opds=shown,
        without=without,
        words=words,
        total=len(every),
        pills=[(label, here_with(saring=name), name == chosen, None) for name, label in FILTERS.items()],
        kinds=OPD_KINDS,
        guessed=GUESSED,
    )


@bp.route("/pengaturan/opd/baru", methods=["GET", "POST"])
@keepers
def opds_new():
    form = NewOpdForm()
    if request.method == "GET":
        return page("people/opd.html", form=form, opd=None, clash=None)
    if form.validate_on_submit():
        try:
            opd = actions.add_opd(form.code.data, form.values(), current_user.seat)
        except Refused as refused:
            form.refuse(refused.errors)
        else:
            return _saved(opd)
    return page("people/opd.html", 422, form=form, opd=None, clash=None)


@bp.route("/pengaturan/opd/<code>", methods=["GET", "POST"])
@keepers
def opds_one(code: str):
    opd = policy.kept_opd(code)
    form = OpdForm(of=opd, obj=opd)
    if request.method == "GET":
        return page("people/opd.html", form=form, opd=opd, clash=None)
    if form.is_stale(opd):
        clash = conflict(f"opd:{opd.id}", opd, form, OPD_FIELDS)
        return page("people/opd.html", 409, form=form, opd=opd, clash=clash)
    if not form.validate_on_submit():
        return page("people/opd.html", 422, form=form, opd=opd, clash=None)
    actions.change_opd(opd, form.values(), form.checked(), current_user.seat)
    return _saved(opd)


def _passes(opd: Opd, chosen: str, without: set[int]) -> bool:
    tests = {
        "": True,
        "opd": not opd.outside,
        "luar": opd.outside,
        "kosong": opd.id in without,
        "dugaan": bool(opd.inferred),
    }
    return tests[chosen]


def _saved(opd: Opd):
    db.session.commit()
    flash(f"{opd.short} tersimpan.")
    return redirect(url_for("people.opds"), 303)
