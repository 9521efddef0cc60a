"""Screenshots and phone videos: taken in as an alert, added to one, and handed out again."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock, storage, uploads
from app.core.refused import Refused
from app.desk import policy
from app.desk.routes import bp
from app.desk.routes.reading import shown
from app.extensions import db
from app.monitoring import actions
from app.monitoring.forms import CaptureForm, FilesForm
from app.people.rules import Role
from app.web.access import allow
from app.web.downloads import send_kept
from app.web.fragments import page
from app.web.nonce import first_use

FORM, ONE = "desk/capture.html", "desk/alert.html"
LARGEST_REQUEST = uploads.LARGEST_VIDEO + 16 * 1024 * 1024
TAKES_VIDEO = ("desk.capture", "desk.add_files")
DISK_FULL = "Ruang disk server hampir penuh, berkas belum tersimpan. Hubungi admin sistem, lalu pilih berkasnya lagi."


@bp.url_value_preprocessor
def room_for_a_video(endpoint: str | None, _values: dict | None) -> None:
    """These two forms may bring more than any other. Before the guard, which reads the form."""
    if endpoint in TAKES_VIDEO:
        request.max_content_length = LARGEST_REQUEST


@bp.route("/pantauan/tempel/berkas", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def capture():
    form = CaptureForm(clock.now())
    if request.method == "GET":
        return page(FORM, form=form)
    if not form.validate_on_submit():
        return page(FORM, 422, form=form)
    if not first_use(form.nonce.data):
        return redirect(url_for("desk.alerts"), 303)
    try:
        kept = _stored(form)
        run = actions.paste(form.text.data or "", form.items(), form.cover(), current_user.seat, kept)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return page(FORM, _status(refused), form=form)
    flash("Pantauan dan berkasnya masuk." if run.new else "Sudah ada: berkasnya ditambahkan ke pantauan itu.")
    return redirect(url_for("desk.pasted", run_id=run.id), 303)


@bp.post("/pantauan/<int:alert_id>/berkas")
@allow(Role.DISKOMINFO)
def add_files(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = FilesForm()
    try:
        if not form.validate_on_submit():
            return page(ONE, 422, whole=True, **shown(alert, file_form=form))
        if first_use(form.nonce.data):
            actions.add_files(alert, _stored(form), current_user.seat)
            db.session.commit()
            flash("Berkas ditambahkan.")
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        alert = policy.visible_alert(alert_id, current_user.seat)
        return page(ONE, _status(refused), whole=True, **shown(alert, file_form=form))
    return redirect(url_for("desk.alert", alert_id=alert_id), 303)


@bp.get("/pantauan/<int:alert_id>/berkas/<int:file_id>")
@allow(Role.DISKOMINFO)
def alert_file(alert_id: int, file_id: int):
    file, sensitive = policy.visible_file(alert_id, file_id, current_user.seat) or abort(404)
    return send_kept(file.key, file.media_type, uploads.neutral_name(file.id, file.name) if sensitive else file.name)


def _stored(form: FilesForm) -> list[uploads.KeptFile]:
    """The chosen files, kept. Raises Refused, beside the field or above the form."""
    try:
        return [uploads.keep_capture(file.stream, file.filename or "") for file in form.chosen()]
    except uploads.NotAllowedFile as reason:
        raise Refused({"file": f"{reason} Pilih semua berkasnya lagi."}) from reason
    except storage.DiskFull as full:
        raise Refused({"disk": DISK_FULL}) from full


def _status(refused: Refused) -> int:
    return 507 if "disk" in refused.errors else 422
