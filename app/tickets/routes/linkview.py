"""What the page of a personal link shows: one seat, one matter, what is asked first."""

from functools import cached_property

from app.core import clock
from app.core.db import held
from app.extensions import db
from app.people.models import PersonalLink
from app.tickets import policy, queries
from app.tickets.models import Evidence, Ticket
from app.tickets.routes.personal import PersonalPage
from app.tickets.routes.steps import GROUPS
from app.tickets.routes.view import TicketView
from app.tickets.rules import MOVES, Move, State
from app.tickets.rules.asks import ask_of
from app.web.forms import Form

NEWS = {
    "status": "Tersimpan. Keadaan di bawah ini sudah yang terbaru.",
    "catatan": "Catatan terkirim.",
    "berkas": "Berkas terlampir.",
    "naskah": "Naskah tersimpan untuk Anda. Belum ada yang terkirim.",
}
DONE = {
    "object": "Keberatan tercatat. Diskominfo menetapkan pengampunya, dan tautan ini berakhir. "
    "Keberatan tidak dicatat sebagai kekurangan.",
    "pindah": "Tautan ini sudah mati. Permintaan tetap di OPD Anda, dan Diskominfo meminta penunjukan baru.",
    "status": "Tersimpan. Tautan ini berakhir bersama permintaannya.",
}
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


class LinkView(PersonalPage, TicketView):
    """The ticket before the seat of a personal link: no session, and of a sensitive matter only its safe parts."""

    news_of, done_of = NEWS, DONE

    @cached_property
    def reads_original(self) -> bool:
        """A link reveals nothing behind a judul aman; that is read signed in, and logged."""
        return not self.ticket.sensitive

    @cached_property
    def ask(self):
        return ask_of(self.ticket.state, self.capacities)

    def fields(self, move: Move) -> list[str]:
        """What this move's form asks for, in the order of the form."""
        return [field for name in super().fields(move) for field in GROUPS.get(name, (name,)) if self._offers(field)]

    def _offers(self, field: str) -> bool:
        return field != "ask_head" or self.asks_head

    def label(self, move: Move, name: str) -> str | None:
        """Other words for a field than the form's own, where a move asks for it only sometimes."""
        said = {"approver": "Disetujui kepala (hanya klarifikasi)", "basis": "Lewat apa, kapan (hanya klarifikasi)"}
        return said.get(name) if move.name == "answer" else None

    def hint(self, move: Move, name: str) -> str | None:
        if name == "ask_head" and self.ticket.lead:
            return f"Surat ke {self.ticket.lead.head_email}; jawaban menunggu sampai disetujui."
        return self.answer_hint if name == "answer" else None

    def needed(self, move: Move) -> tuple[str, ...]:
        """What the move cannot do without."""
        return policy.needs_of(move, self.ticket, self.seat)

    def _words_to_begin_with(self) -> str:
        return super()._words_to_begin_with() if self.reads_original else ""

    @property
    def paragraphs(self):
        """What supporting OPDs submitted; behind a judul aman it is read signed in."""
        return super().paragraphs if self.reads_original else []

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
        rows = self._typed(form, move)
        if move.name == "approve" and not form.answer.data and self.draft:
            rows.insert(0, ("Jawaban", self.draft.text))
        return [*rows, ("Atas nama", self.seat.signature)]

    @staticmethod
    def _said(form: Form, name: str) -> str:
        if name == "ask_head":
            return "surat ke kepala OPD" if form[name].data else ""
        if name == "response":
            return next((label for value, label, *_more in form[name].iter_choices() if value == form[name].data), "")
        return PersonalPage._said(form, name)

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


def ticket_of(link: PersonalLink, *, lock: bool) -> Ticket | None:
    """The ticket, as long as the seat's OPD leads it: what a former lead keeps is read signed in."""
    wanted = policy.visible_to(link.seat).where(Ticket.id == link.subject_id)
    wanted = wanted.where(Ticket.lead_opd_id == link.seat.opd_id).options(*policy.WHOLE)
    return db.session.scalars(held(wanted, Ticket) if lock else wanted).unique().first()
