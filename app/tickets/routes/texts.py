"""/pengaturan/teks: text modules. Diskominfo keeps the shared ones, an admin OPD its own office's."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core.db import held
from app.core.refused import Refused
from app.extensions import db
from app.people.rules import Role
from app.tickets import actions
from app.tickets.forms import ModuleForm
from app.tickets.models import TextModule
from app.tickets.queries import speaking
from app.tickets.routes import bp
from app.tickets.rules.modules import PLACES
from app.web import menu, nonce
from app.web.access import allow
from app.web.conflicts import conflict
from app.web.fragments import page

writers = allow(Role.DISKOMINFO, Role.ADMIN_OPD)
FIELDS = ("title", "body", "active")

menu.offer("tickets.texts", "Teks siap pakai", "Teks yang sering dipakai dalam jawaban dan catatan.")


@bp.get("/pengaturan/teks")
@writers
def texts():
    kept = db.session.scalars(speaking.modules_kept_by(current_user.seat)).all()
    shared = db.session.scalars(speaking.modules_for(current_user.seat).where(TextModule.opd_id.is_(None))).all()
    theirs = [] if current_user.seat.role is Role.DISKOMINFO else shared
    return page("tickets/texts.html", modules=kept, shared=theirs)


@bp.route("/pengaturan/teks/baru", methods=["GET", "POST"])
@writers
def texts_new():
    return _form(ModuleForm(), None)


@bp.route("/pengaturan/teks/<int:module_id>", methods=["GET", "POST"])
@writers
def texts_one(module_id):
    wanted = speaking.modules_kept_by(current_user.seat).where(TextModule.id == module_id)
    module = db.session.scalar(held(wanted, TextModule)) or abort(404)
    return _form(ModuleForm(of=module, obj=module), module)


def _form(form: ModuleForm, module: TextModule | None):
    told = {"form": form, "module": module, "places": PLACES, "clash": None}
    if request.method == "GET":
        return page("tickets/text.html", **told)
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for("tickets.texts"), 303)
    if module and form.is_stale(module):
        told["clash"] = conflict(f"text:{module.id}", module, form, FIELDS)
        return page("tickets/text.html", 409, **told)
    try:
        kept = actions.save_module(
            module, current_user.seat, form.title.data or "", form.body.data or "", bool(form.active.data)
        )
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return page("tickets/text.html", 422, **told)
    db.session.commit()
    flash(f"«{kept.title}» tersimpan.")
    return redirect(url_for("tickets.texts"), 303)
