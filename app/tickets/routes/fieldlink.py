"""The page of an evidence-only link, for somebody in the field: a question, an answer from the phone, nothing else."""

from collections.abc import Sequence

from flask import make_response, redirect, render_template, request, url_for

from app.extensions import db
from app.tickets.actions import Refused, outside
from app.tickets.forms.asking import FieldAnswerForm
from app.tickets.models import Evidence, FieldRequest, Ticket
from app.tickets.queries.field import by_token, kept_files
from app.tickets.routes import bp
from app.tickets.routes.quiet import ended, quiet
from app.tickets.routes.sentfiles import chosen_files, file_troubles_told
from app.tickets.rules.field import Asked
from app.web import nonce
from app.web.access import by_link
from app.web.forms import Form


class FieldLinkView:
    """What a link of the field shows: the question, who asks and until when; of a secret matter no word of its own."""

    def __init__(self, asked: FieldRequest, ticket: Ticket, token: str, form: Form | None = None):
        self.asked, self.token = asked, token
        self.title = "" if ticket.restricted or ticket.sensitive else ticket.title
        self.is_check = asked.kind == Asked.CHECK
        self.form = form or FieldAnswerForm(formdata=None, personal=True)
        self.wrong = Form(formdata=None, personal=True)
        self.files: Sequence[Evidence] = kept_files(asked)

    @property
    def url(self) -> str:
        return url_for("tickets.personal", token=self.token)

    @property
    def news(self) -> bool:
        """Whether this page answers what was just sent."""
        return request.method == "GET" and request.args.get("kabar") == "terkirim"


def open_page(token: str):
    """The page, where `token` is one of the field; None where it is not."""
    found = by_token(token) if len(token) < 100 else None
    return _page(FieldLinkView(*found, token)) if found else None


@bp.post("/t/<token>/lapangan")
@by_link
def answer_field(token):
    """It may come several times; the same form once."""
    asked, ticket = _open(token)
    form = FieldAnswerForm(personal=True)
    if nonce.first_use(form.nonce.data):
        try:
            with file_troubles_told():
                outside.answer(asked, ticket, form.data, [(sent.stream, sent.filename) for sent in chosen_files()])
        except Refused as refused:
            return _refused(token, form, refused.errors)
        db.session.commit()
    return quiet(redirect(url_for("tickets.personal", token=token, kabar="terkirim"), 303))


@bp.post("/t/<token>/salah-alamat")
@by_link
def decline_field(token):
    """«Saya bukan orangnya»: the link ends at once, whoever asked is told."""
    asked, ticket = _open(token)
    form = Form(personal=True)
    if nonce.first_use(form.nonce.data):
        outside.decline(asked, ticket)
        db.session.commit()
    words = "Tautan ini sudah mati. Yang bertanya diberi tahu bahwa Anda bukan orang yang dimaksud."
    return quiet(make_response(render_template("link/done.html", words=words)))


def _open(token: str) -> tuple[FieldRequest, Ticket]:
    found = by_token(token, lock=True) if len(token) < 100 else None
    return found or ended()


def _refused(token: str, form: Form, errors: dict[str, str]):
    db.session.rollback()
    asked, ticket = _open(token)
    form.refuse(errors)
    return _page(FieldLinkView(asked, ticket, token, form), 422)


def _page(view: FieldLinkView, status: int = 200):
    return quiet(make_response(render_template("link/field.html", v=view, form=view.form), status))
