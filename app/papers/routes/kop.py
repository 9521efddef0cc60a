"""`/pengaturan/opd/<code>/kop`: the letterhead of an office as it is printed, and the logo on it."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import storage
from app.core.refused import Refused
from app.core.uploads import NotAllowedFile
from app.extensions import db
from app.papers import actions, shaping
from app.papers.forms import LogoForm
from app.papers.routes import bp
from app.people import policy
from app.people.models import Opd
from app.people.rules import Role
from app.web import nonce
from app.web.access import allow
from app.web.downloads import send_kept
from app.web.fragments import page

keepers = allow(Role.DISKOMINFO, admin=True)
NO_ROOM = "Ruang penyimpanan server hampir penuh, jadi logo belum diterima. Beri tahu admin sistem, lalu unggah lagi."


@bp.get("/pengaturan/opd/<code>/kop")
@keepers
def letterhead(code: str):
    return _page(_office(code))


@bp.post("/pengaturan/opd/<code>/kop")
@keepers
def change_letterhead(code: str):
    """`do=hapus` takes the office's own logo away again."""
    opd, form = _office(code), LogoForm()
    here = redirect(url_for("papers.letterhead", code=code), 303)
    if not nonce.first_use(form.nonce.data):
        return here
    try:
        _change(opd, request.form.get("do") == "hapus")
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _page(_office(code), form, 507 if NO_ROOM in refused.errors.values() else 422)
    db.session.commit()
    flash(f"Kop {opd.short} tersimpan.")
    return here


@bp.get("/pengaturan/opd/<code>/logo.png")
@keepers
def logo(code: str):
    """What stands on its papers: its own, or that of the regency."""
    key = shaping.logo_key(_office(code))
    return send_kept(key, "image/png", "logo.png") if key else abort(404)


def _change(opd: Opd, removes: bool) -> None:
    if removes:
        return actions.remove_logo(opd, current_user.seat)
    sent = request.files.get("file")
    if not sent or not sent.filename:
        raise Refused({"file": "Pilih berkasnya dulu."})
    try:
        actions.set_logo(opd, current_user.seat, sent.stream)
    except NotAllowedFile as reason:
        raise Refused({"file": str(reason)}) from reason
    except storage.DiskFull as full:
        raise Refused({"file": NO_ROOM}) from full


def _office(code: str) -> Opd:
    opd = policy.kept_opd(code)
    return abort(404) if opd.outside else opd


def _page(opd: Opd, form: LogoForm | None = None, status: int = 200):
    told = {"kop": shaping.letterhead(opd), "lent": bool(shaping.logo_key(opd)) and not opd.logo_key}
    return page("papers/kop.html", status, opd=opd, form=form or LogoForm(formdata=None), **told)
