"""What the page of a personal link shows: one seat, one matter, what is asked first."""

from functools import cached_property

from flask import request, url_for

from app.core import clock
from app.extensions import db
from app.people.models import PersonalLink
from app.people.queries import names_of
from app.tickets import policy, queries
from app.tickets.forms import MovedForm
from app.tickets.models import Evidence, Ticket
from app.tickets.routes.view import TicketView
from app.tickets.rules import MOVES, Move, State
from app.tickets.rules.asks import ask_of
from app.web.forms import Form

NEWS = {
    "status": "Tersimpan. Keadaan di bawah ini sudah yang terbaru.",
    "catatan": "Catatan terkirim.",
    "berkas": "Berkas terlampir.",
}
DONE = {
    "object": "Keberatan tercatat. Diskominfo menetapkan pengampunya, dan tautan ini berakhir. "
    "Keberatan tidak dicatat sebagai kekurangan.",
    "pindah": "Tautan ini sudah mati. Permintaan tetap di OPD Anda, dan Diskominfo meminta penunjukan baru.",
    "status": "Tersimpan. Tautan ini berakhir bersama permintaannya.",
}
ICONS = {"approve": "check", "take_on": "check", "answer": "doc", "submit": "doc", "resume": "right", "hold": "clock"}
QUESTIONS = {
    "approve": ("Setujui jawaban ini?", "Ya, setujui jawaban"),
    "answer": ("Ajukan dan setujui jawaban ini?", "Ya, ajukan & setujui"),
    "submit": ("Ajukan jawaban ini?", "Ya, ajukan jawaban"),
    "take_on": ("Terima dan tangani permintaan ini?", "Ya, terima & tangani"),
    "object": ("Sampaikan bahwa ini bukan kewenangan OPD Anda?", "Ya, sampaikan"),
    "hold": ("Tunda penanganan permintaan ini?", "Ya, tunda"),
    "resume": ("Lanjutkan penanganan?", "Ya, lanjutkan"),
    "send_back": ("Kembalikan draf ini?", "Ya, kembalikan draf"),
    "reopen": ("Buka kembali permintaan ini?", "Ya, buka kembali"),
}
AFTERWARDS = {
    "approve": "Diskominfo menelaah, lalu mengabari Anda. Jam OPD Anda berhenti begitu disetujui.",
    "answer": "Diskominfo menelaah, lalu mengabari Anda. Jam OPD Anda berhenti begitu disetujui.",
    "submit": "Narahubung menerima email untuk menyetujui.",
    "object": "Tautan ini berakhir sesudahnya. Bila para OPD berbeda pendapat, Asisten atau Sekda menetapkan.",
}


class LinkView(TicketView):
    """The ticket before the seat of a personal link: no session, and of a sensitive matter only its safe parts."""

    personal = True

    def __init__(self, ticket: Ticket, link: PersonalLink, token: str):
        super().__init__(ticket, link.seat)
        self.link, self.token = link, token
        self.posted = ""

    @cached_property
    def reads_original(self) -> bool:
        """A link reveals nothing behind a judul aman; that is read signed in, and logged."""
        return not self.ticket.sensitive

    @property
    def url(self) -> str:
        return url_for("tickets.personal", token=self.token)

    def to(self, block: str) -> str:
        return f"{self.url}/{block}"

    def file_url(self, evidence) -> str:
        return f"{self.url}/berkas/{evidence.id}"

    @property
    def news(self) -> str:
        return NEWS.get(request.args.get("kabar", ""), "") if request.method == "GET" else ""

    @cached_property
    def ask(self):
        return ask_of(self.ticket.state, self.capacities)

    @property
    def ordered(self) -> list[Move]:
        """The moves with the asked one first."""
        first = self.ask.move if self.ask else ""
        return sorted(self.moves, key=lambda move: move.name != first)

    def fields(self, move: Move) -> list[str]:
        """What this move's form asks for, in the order of the form."""
        return [name for name, moves in self.needs.items() if move.name in moves]

    def needed(self, move: Move) -> tuple[str, ...]:
        """What the move cannot do without."""
        return policy.needs_of(move, self.ticket, self.seat)

    def goes_to(self, move: Move) -> str:
        """To the summary first; a form that carries a file acts at once, as no page can hold a file."""
        return self.to("status" if "file" in self.fields(move) else "periksa")

    def icon(self, move: Move) -> str:
        return ICONS.get(move.name, "return")

    def choice(self, move: Move) -> Form:
        """The form of one move: the sent one where it was this move, else a fresh one."""
        sent = self.forms.get("status")
        if sent is not None and self.posted == "status" and sent.data.get("move") == move.name:
            sent.offer([move], self.opds if "proposed" in self.fields(move) else ())
            return sent
        return self._fresh_choice(move)

    def _fresh_choice(self, move: Move) -> Form:
        kept, self.forms = self.forms, {}
        form = self.form("status")
        form.move.data = move.name
        form.note.flags.required = "note" in self.needed(move)
        self.forms = kept
        return form

    def is_open(self, move: Move) -> bool:
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

    def _words_to_begin_with(self) -> str:
        return super()._words_to_begin_with() if self.reads_original else ""

    @cached_property
    def draft(self):
        """The answer on its way, or the one that was sent back."""
        if not self.reads_original:
            return None
        pending = policy.pending_answer(self.ticket)
        mends = self.ticket.state is State.NEEDS_WORK
        return pending or (self._last_returned() if mends else None)

    @cached_property
    def evidence(self):
        """Files of the own OPD."""
        if not self.reads_original:
            return []
        own = queries.evidence_of(self.ticket, self.seat).where(Evidence.opd_id == self.seat.opd_id)
        return db.session.execute(own).all()

    @property
    def moved_form(self) -> Form:
        return self.forms.get("pindah") or MovedForm(formdata=None, of=self.ticket, personal=True)

    @property
    def checked(self) -> Move:
        """The move whose summary is shown."""
        return MOVES[self.forms["status"].data["move"]]

    @property
    def question(self) -> tuple[str, str]:
        return QUESTIONS[self.checked.name]

    @property
    def after_words(self) -> str:
        return AFTERWARDS.get(self.checked.name, self.checked.hint)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(label, value) of everything the move would record."""
        form, move = self.forms["status"], self.checked
        form.offer([move], self.opds if "proposed" in self.fields(move) else ())
        rows = []
        for name in self.fields(move):
            value = self._said(form, name)
            if value:
                rows.append((form[name].label.text, value))
        if move.name == "approve" and not form.answer.data and self.draft:
            rows.insert(0, ("Jawaban", self.draft.text))
        return [*rows, ("Atas nama", self.seat.signature)]

    @staticmethod
    def _said(form: Form, name: str) -> str:
        field = form[name]
        if name in ("proposed", "answer_kind"):
            return next((label for value, label, *_more in field.iter_choices() if value == field.data), "")
        return (field.data or "").replace("T", " ") if name == "until" else field.data or ""

    @property
    def settled(self) -> str:
        """Said kindly when there is nothing left to do for this seat."""
        ticket, answer = self.ticket, self.answers[0] if self.answers else None
        if ticket.state is State.UNDER_REVIEW and answer:
            at = self._moment(answer.approved_at)
            return f"Jawaban ini sudah disetujui {answer.approved_by}{at}. Anda boleh menambah catatan."
        if ticket.state is State.AWAITING_APPROVAL:
            return "Jawaban sudah diajukan dan menunggu persetujuan narahubung. Anda boleh menambah catatan."
        told = {
            State.RESOLVED: "Permintaan ini sudah selesai. Terima kasih.",
            State.AWAITING_BUDGET: "Permintaan ini menunggu anggaran. Jam OPD Anda berhenti.",
            State.OTHER_AUTHORITY: "Permintaan ini ditangani instansi lain. Tidak ada yang perlu dilakukan.",
            State.ON_HOLD: f"Penanganan ditunda{self._until()}. Jam OPD Anda berhenti.",
            State.UNDER_REVIEW: "Jawaban sedang ditelaah Diskominfo. Anda boleh menambah catatan.",
        }
        return told.get(ticket.state, "")

    @staticmethod
    def _moment(at) -> str:
        return f" {clock.short(at)}" if at else ""

    def _until(self) -> str:
        until = self.ticket.hold_until
        return f" sampai {clock.short(until)}" if until else ""
