"""/pengaturan/orang/impor: people from a sheet. Read by a worker, previewed whole, written at «Terapkan»."""

import io
from collections.abc import Iterator, Sequence

from flask import redirect, request, url_for
from flask_login import current_user

from app.core import events, storage
from app.desk import actions, policy
from app.desk.forms import ApplyForm, PeopleSheetForm
from app.desk.queries import people_sheets as queries
from app.desk.routes import bp
from app.desk.rules.people_rows import COLUMNS
from app.desk.rules.people_sheet import FATE_LABELS, Fate, Line, plan, print_of
from app.extensions import db, writing
from app.people.models import PeopleSheet
from app.people.rules import Role, SeatKind, SheetState
from app.web import errors, nonce
from app.web.access import allow
from app.web.downloads import send_csv, send_made
from app.web.fragments import fragment, page, wants_fragment

system_admins = allow(Role.DISKOMINFO, admin=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_COLUMNS = ("nip", "phone")
CHANGED = 409
OPEN = (SheetState.WAITING, SheetState.APPLYING)


@bp.route("/pengaturan/orang/impor", methods=["GET", "POST"])
@system_admins
def people_sheets():
    form = PeopleSheetForm()
    if request.method == "GET":
        return _upload(form)
    if not form.validate_on_submit():
        return _upload(form, 422)
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for("desk.people_sheets"), 303)
    try:
        sheet = actions.start_sheet(form.file.data.stream, form.file.data.filename or "", current_user.seat)
    except storage.DiskFull as full:
        raise errors.DiskFull from full
    db.session.commit()
    return redirect(url_for("desk.people_sheet", sheet_id=sheet.id), 303)


@bp.get("/pengaturan/orang/impor/contoh.xlsx")
@system_admins
def people_sheet_template():
    """An empty sheet with our columns; those that Excel would spoil are text."""
    return send_made(_template(), XLSX, "contoh-orang.xlsx")


@bp.get("/pengaturan/orang/impor/<int:sheet_id>")
@system_admins
def people_sheet(sheet_id: int):
    return _sheet(policy.visible_people_sheet(sheet_id, current_user.seat))


@bp.get("/pengaturan/orang/impor/<int:sheet_id>/kemajuan")
@system_admins
def people_sheet_progress(sheet_id: int):
    sheet = policy.visible_people_sheet(sheet_id, current_user.seat)
    here = url_for("desk.people_sheet", sheet_id=sheet.id)
    if not wants_fragment():
        return redirect(here, 303)
    if sheet.state not in OPEN:
        return "", 200, {"HX-Redirect": here}
    return fragment("desk/people_sheet.html", "progress", sheet=sheet)


@bp.post("/pengaturan/orang/impor/<int:sheet_id>")
@system_admins
def people_sheet_apply(sheet_id: int):
    """Keep the answers and look again (`do` = periksa), or have the agreed preview applied."""
    sheet, form = policy.visible_people_sheet(sheet_id, current_user.seat), ApplyForm()
    here = redirect(url_for("desk.people_sheet", sheet_id=sheet_id), 303)
    if sheet.state is not SheetState.READY or not nonce.first_use(form.nonce.data):
        return here
    lines = plan(sheet.rows, queries.known(), sheet.answers)
    if form.seen.data != print_of(lines):
        db.session.rollback()
        return _sheet(policy.visible_people_sheet(sheet_id, current_user.seat), CHANGED, actions.CHANGED_MEANWHILE)
    if request.form.get("do") == "periksa":
        actions.keep_answers(sheet, _answers(lines))
    else:
        actions.confirm_sheet(sheet, _answers(lines), bool(form.invites.data))
    db.session.commit()
    return here


@bp.get("/pengaturan/orang/impor/<int:sheet_id>/ditolak.csv")
@system_admins
def people_sheet_rejected(sheet_id: int):
    """The rows that could not be taken, to be corrected and uploaded again. Written down first, like every export."""
    with writing():
        sheet = policy.visible_people_sheet(sheet_id, current_user.seat)
        events.record(f"people_sheet:{sheet.id}", "people_sheet.taken", current_user.seat, audience="internal")
    sheet = policy.visible_people_sheet(sheet_id, current_user.seat)
    lines = plan(sheet.rows, queries.known(), sheet.answers)
    return send_csv(f"orang-ditolak-{sheet.id}.csv", list(_rejected(lines)))


def _rejected(lines: Sequence[Line]) -> Iterator[Sequence[str]]:
    yield [*COLUMNS.values(), "Alasan ditolak"]
    for line in lines:
        if line.fate in (Fate.ERROR, Fate.ASK):
            yield [*(line.row.get(name) or "" for name in COLUMNS), "; ".join(line.says)]


def _answers(lines: Sequence[Line]) -> dict[str, str]:
    """What was chosen about rows that asked something: an OPD's code, a former holder's seat."""
    asked = {f"opd-{line.number}": {opd.code for opd in line.candidates} for line in lines if line.candidates}
    asked |= {f"akhiri-{line.number}": {str(seat.id) for seat in line.holders} for line in lines if line.holders}
    given = {name: request.form.get(name, "") for name in asked}
    return {name: value if value in asked[name] else "" for name, value in given.items()}


def _upload(form: PeopleSheetForm, status: int = 200):
    return page("desk/people_sheets.html", status, form=form, sheets=queries.latest_sheets())


def _sheet(sheet: PeopleSheet, status: int = 200, trouble: str = ""):
    if sheet.state in OPEN or sheet.state is SheetState.REFUSED:
        return page("desk/people_sheet.html", status, sheet=sheet, groups=(), trouble=trouble)
    lines = plan(sheet.rows, queries.known(), sheet.answers)
    form = ApplyForm(formdata=None)
    form.seen.data, form.invites.data = print_of(lines), True
    return page(
        "desk/people_sheet.html",
        status,
        sheet=sheet,
        trouble=trouble or sheet.trouble,
        form=form,
        fates=FATE_LABELS,
        groups=[(fate, [line for line in lines if line.fate is fate]) for fate in _SHOWN],
        writes=sum(line.writes for line in lines),
    )


_SHOWN = (Fate.ASK, Fate.ERROR, Fate.NEW_PERSON, Fate.NEW_SEAT, Fate.CHANGED, Fate.SAME)


def _template() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page_one, bold, text = (
        book.add_worksheet("Orang"),
        book.add_format({"bold": True}),
        book.add_format({"num_format": "@"}),
    )
    for place, (name, label) in enumerate(COLUMNS.items()):
        page_one.set_column(place, place, max(14, len(label) + 2), text if name in TEXT_COLUMNS else None)
        page_one.write_string(0, place, label, bold)
    places = list(COLUMNS)
    lists = {
        "role": ["narahubung", "admin OPD", "pimpinan"],
        "kind": [kind.label for kind in SeatKind],
        "shared": ["ya"],
    }
    for name, choices in lists.items():
        at = places.index(name)
        page_one.data_validation(1, at, 2000, at, {"validate": "list", "source": choices})
    page_one.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
