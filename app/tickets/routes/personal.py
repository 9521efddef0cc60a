"""What every page of a personal link has in common: one seat, one matter, one form per move, no session, no script."""

from functools import cached_property

from flask import request, url_for

from app.people.models import PersonalLink
from app.people.queries import names_of
from app.tickets.forms import MovedForm
from app.web.forms import Form

ICONS = {"approve": "check", "take_on": "check", "answer": "doc", "submit": "doc", "resume": "right", "hold": "clock"}


class PersonalPage:
    """Beside a view of a ticket or a task, which knows its `moves`, `needs`, `ask`, `form`, `opds` and `needed`."""

    personal = True
    posted = ""
    news_of: dict[str, str] = {}
    done_of: dict[str, str] = {}

    def __init__(self, thing, link: PersonalLink, token: str):
        super().__init__(thing, link.seat)
        self.link, self.token = link, token

    @property
    def url(self) -> str:
        return url_for("tickets.personal", token=self.token)

    @property
    def signed_in_url(self) -> str:
        """The page of the same matter in Tanggap."""
        return super().url

    def to(self, block: str) -> str:
        return f"{self.url}/{block}"

    def file_url(self, evidence) -> str:
        return f"{self.url}/berkas/{evidence.id}"

    @property
    def news(self) -> str:
        return self.news_of.get(request.args.get("kabar", ""), "") if request.method == "GET" else ""

    def last_word(self, form: Form) -> str:
        """Said where the form ended the link itself."""
        return self.done_of.get(form.data.get("move") or self.posted, self.done_of["status"])

    @property
    def moved_form(self) -> Form:
        return self.forms.get("pindah") or MovedForm(formdata=None, of=self.thing, personal=True)

    @property
    def ordered(self) -> list:
        """The moves with the asked one first."""
        first = self.ask.move if self.ask else ""
        return sorted(self.moves, key=lambda move: move.name != first)

    def fields(self, move) -> list[str]:
        """What this move's form asks for, in the order of the form."""
        return [name for name, moves in self.needs.items() if move.name in moves]

    def label(self, move, name: str) -> str | None:
        """Other words for a field than the form's own."""
        return None

    def hint(self, move, name: str) -> str | None:
        return self.answer_hint if name == "answer" else None

    def goes_to(self, move) -> str:
        """To the summary first; a form that carries a file acts at once, as no page can hold a file."""
        return self.to("status" if "file" in self.fields(move) else "periksa")

    def icon(self, move) -> str:
        return ICONS.get(move.name, "return")

    def choice(self, move) -> Form:
        """The form of one move: the sent one where it was this move, else a fresh one."""
        sent = self.forms.get("status")
        if sent is not None and self.posted == "status" and sent.data.get("move") == move.name:
            sent.offer([move], self._opds_for(move))
            return sent
        return self._fresh_choice(move)

    def _fresh_choice(self, move) -> Form:
        kept, self.forms = self.forms, {}
        form = self.form("status")
        form.move.data = move.name
        form.note.flags.required = "note" in self.needed(move)
        self.forms = kept
        return form

    def is_open(self, move) -> bool:
        """Whether the fold of that move stands open: it was sent and came back."""
        sent = self.forms.get("status") if self.posted == "status" else None
        return bool(sent is not None and sent.data.get("move") == move.name)

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) of what was refused: a page without script opens at its top."""
        sent = self.forms.get(self.posted)
        if sent is None:
            return []
        about = {"berkas": "berkas", "catatan": "catatan-text"}.get(self.posted)
        fields = [(name, errors) for name, errors in sent.errors.items() if name]
        nameless = [("as-name", sentence) for sentence in sent.form_errors]
        return nameless + [(about or f"{sent.data.get('move')}-{name}", " ".join(errors)) for name, errors in fields]

    @property
    def as_name(self) -> str:
        """Who acts through a shared mailbox, as the form that came back said."""
        return request.form.get("as_name", "")

    @cached_property
    def names(self) -> list[str]:
        """Who acted through this shared mailbox before."""
        return names_of(self.seat.person_id) if self.seat.person.shared else []

    def _typed(self, form: Form, move) -> list[tuple[str, str]]:
        """(label, value) of what the form of this move holds."""
        form.offer([move], self._opds_for(move))
        said = [(form[name].label.text, self._said(form, name)) for name in self.fields(move)]
        return [(label, value) for label, value in said if value]

    def _opds_for(self, move):
        return self.opds if {"opd", "proposed"} & set(self.fields(move)) else ()

    @staticmethod
    def _said(form: Form, name: str) -> str:
        field = form[name]
        if name in ("opd", "proposed", "answer_kind"):
            return next((label for value, label, *_more in field.iter_choices() if value == field.data), "")
        return (field.data or "").replace("T", " ") if name == "until" else field.data or ""
