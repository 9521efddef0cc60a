"""`/rakor/<id>/kertas`: every paper of a rakor in one click; and the register and matriks of everything."""

from flask import abort, request
from flask_login import current_user

from app.agenda import policy as agenda
from app.agenda import queries
from app.agenda.models import Rakor
from app.agenda.rules import RakorState
from app.core import uploads
from app.core.refused import Refused
from app.extensions import db
from app.papers import rakor as shaping
from app.papers.forms import PhotosForm
from app.papers.rakor import after, tables
from app.papers.routes import bp
from app.papers.routes.files import made
from app.papers.rules import MeetingPaper
from app.web.access import allow
from app.web.fragments import fragment, page, wants_fragment

NAMES = ",".join(f'"{kind}"' for kind in MeetingPaper)
PAGE = "papers/rakor.html"


@bp.app_template_global("meeting_papers")
def meeting_papers():
    """What may be offered of a rakor, for the page of the rakor itself."""
    return list(MeetingPaper)


@bp.get("/rakor/<int:rakor_id>/kertas")
@allow(*agenda.READERS)
def of_rakor(rakor_id):
    told = {"rakor": _printable(rakor_id), "form": PhotosForm(formdata=None)}
    return fragment(PAGE, "kertas", **told) if wants_fragment() else page(PAGE, **told)


@bp.post("/rakor/<int:rakor_id>/kertas/foto")
@allow(*agenda.READERS)
def minutes_with_photos(rakor_id):
    """The notula with its photo annex, as a file; nothing is stored."""
    rakor, form = _printable(rakor_id), PhotosForm()
    try:
        if not form.validate():
            raise Refused({})
        photos = [uploads.photo_for_paper(file.stream) for file in form.chosen()]
    except (Refused, uploads.NotAllowedFile) as refused:
        form.refuse({"photos": str(refused)} if isinstance(refused, uploads.NotAllowedFile) else {})
        return page(PAGE, 422, rakor=rakor, form=form)
    told = after.with_photos(after.minutes(rakor, current_user.seat), photos, form.told())
    shape = "docx" if request.form.get("shape") == "docx" else "pdf"
    return made(MeetingPaper.MINUTES, told, shape, f"notula-rakor-{rakor.id}")


@bp.get(f"/rakor/<int:rakor_id>/kertas/<any({NAMES}):kind>.<any(pdf,docx,xlsx):shape>")
@allow(*agenda.READERS)
def meeting_paper(rakor_id, kind, shape):
    rakor, kind = _printable(rakor_id), MeetingPaper(kind)
    if shape not in kind.forms:
        abort(404)
    return made(kind, shaping.shape(kind, rakor, current_user.seat), shape, f"{kind}-rakor-{rakor.id}")


@bp.get("/agenda/register.<any(pdf,docx):shape>")
@allow(*agenda.READERS)
def whole_register(shape):
    seat = current_user.seat
    items = db.session.scalars(queries.at_stage(seat, None).limit(queries.MOST)).all()
    told = tables.whole_register(items, seat)
    return made(MeetingPaper.REGISTER, told, shape, "register-agenda-prioritas")


@bp.get("/rtl/matriks.<any(pdf,docx,xlsx):shape>")
@allow(*agenda.READERS)
def open_matrix(shape):
    seat = current_user.seat
    told = tables.open_matrix(queries.open_plans(seat), seat)
    return made(MeetingPaper.MATRIX, told, shape, "matriks-tindak-lanjut")


def _printable(rakor_id: int) -> Rakor:
    """A rakor that was not cancelled, or 404."""
    rakor = agenda.visible_meeting(rakor_id, current_user.seat)
    return rakor if rakor.state is not RakorState.CANCELLED else abort(404)
