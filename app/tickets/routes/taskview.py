"""What the pages of one task offer one seat: what is asked, the moves, the forms, and where they go."""

from datetime import datetime
from functools import cached_property

from flask import url_for

from app.core import clock
from app.people.models import Seat
from app.people.rules import OUTSIDE
from app.tickets.forms.tasks import TASK_FORMS, TaskAssignForm, TaskStatusForm
from app.tickets.models import Task
from app.tickets.policy import field
from app.tickets.policy import tasks as policy
from app.tickets.routes.drafting import Drafting
from app.tickets.routes.taskreading import TaskReading
from app.tickets.rules import Audience
from app.tickets.rules.asks import Ask
from app.tickets.rules.tasks import TASK_MAILED, TaskMove, task_ask
from app.web.forms import Form

FIELD_ORDER = ("opd", "proposed", "reason", "until", "answer", "approver", "basis", "note")
ANSWER_HINT = "Apa yang dikerjakan, tanggalnya, dan apa artinya bagi warga. Pengampu menyalinnya ke satu jawaban."


class TaskView(Drafting, TaskReading):
    """One task before one seat. `partial`: a fragment."""

    personal = False

    def __init__(self, task: Task, seat: Seat, *, partial: bool = False, announce: str = ""):
        super().__init__(task, seat)
        self.partial, self.announce = partial, announce
        self.refreshes = False
        self.conflict: dict | None = None
        self.forms: dict[str, Form] = {}

    @property
    def thing(self) -> Task:
        """What its forms are about."""
        return self.task

    @cached_property
    def moves(self) -> list[TaskMove]:
        return policy.task_moves_for(self.task, self.seat)

    @cached_property
    def ask(self) -> Ask | None:
        """What is asked of this seat, when a move of its answers it."""
        asked = task_ask(self.task.state, self.capacities)
        return asked if asked and not self.task.on_hold and asked.move in {move.name for move in self.moves} else None

    @cached_property
    def needs(self) -> dict[str, list[str]]:
        """Field → the moves that show it, in the order of the form."""
        shown: dict[str, list[str]] = {name: [] for name in FIELD_ORDER}
        for move in self.moves:
            wanted = set(policy.task_needs(move, self.task, self.seat))
            for name in wanted if "reason" in wanted else wanted | {"note"}:
                shown[name].append(move.name)
        return {name: moves for name, moves in shown.items() if moves}

    def mailed(self, move: TaskMove) -> str:
        """Who gets an email after this move."""
        if move.name not in TASK_MAILED:
            return "Tidak ada email untuk langkah ini."
        whom = "yang dipilih" if "opd" in move.needs else self.task.worked_by.short
        return f"Email ke admin OPD dan narahubung {whom}."

    @cached_property
    def steers(self) -> bool:
        return policy.may_steer_task(self.task, self.seat)

    @cached_property
    def assigns(self) -> bool:
        return policy.may_assign_task(self.task, self.seat)

    @cached_property
    def writes(self) -> bool:
        return policy.writes_on(self.task, self.seat)

    @property
    def keeps(self) -> bool:
        """Whether half-written texts are kept."""
        return self.writes

    @property
    def written_before(self) -> datetime | None:
        return self.task.answered_at

    @property
    def may_ask_outside(self) -> bool:
        """Whether the page leads to «Minta bukti» and «Cek lapangan»."""
        return not self.personal and field.may_ask(self.ticket, self.seat, frozenset(), self.task)

    @cached_property
    def records(self) -> bool:
        """Whether this seat records what an outside body says."""
        return self.task.outside and policy.works_on(self.task, self.seat)

    @property
    def answer_hint(self) -> str:
        return f"Yang dijawab {self.task.opd.short}, dengan tanggalnya." if self.task.outside else ANSWER_HINT

    @property
    def file_hint(self) -> str:
        kinds = "Foto, PDF, DOCX, atau XLSX, paling besar 15 MB. Lokasi dalam foto dihapus."
        inside = policy.works_on(self.task, self.seat) and not self.task.answered_at
        return f"{kinds} Baru terlihat {self.seat.opd.short} sampai tugas diajukan." if inside else kinds

    # ── forms ──────────────────────────────────────────────────────────

    def form(self, block: str) -> Form:
        """The form of a block: the posted one where it was refused, else a fresh one."""
        if block not in self.forms:
            self.forms[block] = TASK_FORMS[block](formdata=None, of=self.task, personal=self.personal)
            self._fill(block)
        self._offer(block)
        return self.forms[block]

    def _fill(self, block: str) -> None:
        form = self.forms[block]
        if isinstance(form, TaskStatusForm):
            form.move.data = self.ask.move if self.ask else None
            form.answer.data = self.task.answer if "answer" in self.needs else ""
        elif block == "catatan":
            form.audience.data = Audience.SHARED.value
        elif block == "tenggat":
            form.due_at.data = clock.for_input(self.task.due_at)
        self.take_drafts(block)

    def _offer(self, block: str) -> None:
        form = self.forms[block]
        if isinstance(form, TaskStatusForm):
            form.offer(self.moves, self.opds if {"opd", "proposed"} & set(self.needs) else ())
        elif isinstance(form, TaskAssignForm):
            contact = self.task.contact.code if self.task.contact else ""
            inner = [opd for opd in self.opds if opd.kind != OUTSIDE] if self.sets_contact else ()
            form.offer(self.people if self.assigns else (), self.task.seat_id, inner, contact)

    @property
    def sets_contact(self) -> bool:
        return self.task.outside and self.steers

    @cached_property
    def opds(self):
        return policy.task_opd_choices()

    @cached_property
    def people(self) -> list[Seat]:
        """Who of the OPD that works on it may hold it."""
        return list(policy.holders(self.task))

    @cached_property
    def audiences(self) -> list[tuple[str, str, str, str | None]]:
        """(value, label, readers, why not) of the composer's choices."""
        lead = self.ticket.lead.short if self.ticket.lead else "Diskominfo"
        both = ", ".join(dict.fromkeys((self.task.worked_by.short, lead, "Diskominfo")))
        readers = {Audience.INTERNAL: f"hanya {self.seat.opd.short}", Audience.SHARED: both}
        allowed = policy.task_audiences(self.task, self.seat)
        return [(audience.value, audience.label, readers[audience], None) for audience in allowed]

    # ── addresses and tags ─────────────────────────────────────────────

    @property
    def url(self) -> str:
        return url_for("tickets.task", ticket_id=self.ticket.id, number=self.task.number)

    def to(self, block: str) -> str:
        """Where a block's form goes."""
        return f"{self.url}/{block}"

    def file_url(self, evidence) -> str:
        return url_for("tickets.evidence", evidence_id=evidence.id)

    def shows(self, part: str) -> bool:
        """Whether the page has that part for this seat."""
        return part != "hubungan" or self.task.outside

    @property
    def state_told(self) -> str:
        """What a screen reader is told when a poll brings something new."""
        return f"Status tugas sekarang {self.task.state.label}."

    def dom(self, part: str) -> str:
        return f"task-{self.task.id}-{part}"

    @cached_property
    def tag(self) -> str:
        """Changes whenever this seat would see something else."""
        version = 0 if self.proof else self.task.version
        return f"{self.task.state}.{version}.{self.newest_seq}.{self.seat.id}"
