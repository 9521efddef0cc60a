"""What the pages of one ticket offer one seat beside its moves: the forms, the tasks, and where everything goes."""

from datetime import datetime
from functools import cached_property
from zlib import crc32

from flask import url_for

from app.core import clock, presence
from app.people.models import Seat
from app.people.rules import OUTSIDE, Role
from app.tickets import policy, queries
from app.tickets.forms import FORMS, StatusForm
from app.tickets.models import Answer, Task, Ticket
from app.tickets.policy import tasks as task_policy
from app.tickets.routes.dispute import Dispute
from app.tickets.routes.drafting import Drafting
from app.tickets.routes.recent import newest_of_request
from app.tickets.routes.steps import Steps
from app.tickets.rules import LEAD as LEAD_OF
from app.tickets.rules import Audience
from app.tickets.rules.answers import usual_response
from app.tickets.rules.tasks import ASKS_TASKS, SETTLING
from app.web.forms import Form


class TicketView(Drafting, Steps):
    """One ticket before one seat. `partial`: a fragment, which leaves long lists of choices to be asked for later.

    `quick`: the answer to a form, which leaves more to the parts that the page asks for right after.
    """

    personal = False

    def __init__(self, ticket: Ticket, seat: Seat, *, partial: bool = False, announce: str = ""):
        super().__init__(ticket, seat)
        self.partial, self.announce = partial, announce
        self.refreshes = self.opened = False
        self.conflict: dict | None = None
        self.forms: dict[str, Form] = {}

    @property
    def thing(self) -> Ticket:
        """What its forms are about."""
        return self.ticket

    @property
    def title(self) -> str:
        return self.ticket.shown_title

    # ── who does what ──────────────────────────────────────────────────

    @property
    def hides_names(self) -> bool:
        """Not on the page that «Buka judul asli» answers with."""
        return super().hides_names and not self.opened

    @cached_property
    def assigns(self) -> bool:
        return policy.may_assign(self.ticket, self.seat)

    @cached_property
    def writes(self) -> bool:
        return policy.takes_part(self.ticket, self.seat)

    @property
    def keeps(self) -> bool:
        """Whether half-written texts are kept: nothing of what this seat may not read or write."""
        return self.reads_original and self.writes

    @cached_property
    def here(self) -> list[str]:
        """Colleagues of the same office who have this ticket open now; a link's page asks nobody."""
        if self.personal or self.proof or self.quick:
            return []
        return presence.see(self.ticket.stream, str(self.seat.opd_id), self.seat.person.short_name)

    # ── forms ──────────────────────────────────────────────────────────

    def form(self, block: str) -> Form:
        """The form of a block: the posted one where it was refused, else a fresh one."""
        if block not in self.forms:
            self.forms[block] = FORMS[block](formdata=None, of=self.ticket, personal=self.personal)
            self._fill(block)
        self._offer(block)
        return self.forms[block]

    def _fill(self, block: str) -> None:
        form = self.forms[block]
        if isinstance(form, StatusForm):
            form.move.data = self.ask.move if self.ask else None
            form.answer.data = self._words_to_begin_with()
            form.response.data = self.usual_response if "response" in self.needs and not self.quick else None
            form.year.data = str(clock.today().year + 1)
            form.opd.data = self.dispute.proposal
        elif block == "tingkat":
            form.level.data = self.ticket.level.value
        elif block == "catatan":
            form.audience.data = Audience.SHARED.value
        elif block == "opd":
            form.opd.data = self.dispute.proposal
        elif block == "penetapan":
            form.opd.data, form.ruled_on.data = self.dispute.proposal, clock.today().isoformat()
            form.ruled_by.data = self.dispute.asked_of
        elif block == "putusan":
            form.question.data = self.dispute.question
        elif block == "tenggat":
            form.due_at.data = clock.for_input(self.ticket.due_at)
        elif block == "kebenaran":
            form.truth.data, form.basis.data = self.ticket.truth.value, self.ticket.truth_basis
        elif block == "sunting" and self.redacts:
            form.text.data = policy.pending_answer(self.ticket).public_text
        elif block == "publikasi":
            form.spokesperson.data = self.spokesperson
        self.take_drafts(block)

    @property
    def usual_response(self) -> str:
        """The kind that stands chosen: the version's that is mended, else the likely one."""
        before = self.words_before
        usual = usual_response(self.ticket.ticket_class, self.ticket.truth)
        return ((before.response if before else None) or usual).value

    # ── tasks ──────────────────────────────────────────────────────────

    @cached_property
    def tasks(self) -> list[Task]:
        """What supporting OPDs were asked; a former lead's proof does not tell who works on it now."""
        return [] if self.proof else self.ticket.tasks

    def opens_task(self, task: Task) -> bool:
        """Whether this seat reads that task's own page; the others learn of it only that it is there."""
        return self.seat.role is not Role.PIMPINAN and (
            self.inside or self.ticket.lead_opd_id == self.seat.opd_id or task.belongs_to(self.seat.opd_id)
        )

    @cached_property
    def gives_tasks(self) -> bool:
        return task_policy.may_give_tasks(self.ticket, self.seat)

    @property
    def settles(self) -> list[Task]:
        """The open tasks that a move which ends the ticket asks about."""
        asked = {move.name for move in self.moves} & ASKS_TASKS
        return task_policy.open_tasks(self.ticket) if asked else []

    settling = tuple(SETTLING.items())

    @cached_property
    def task_opds(self):
        """All that can be asked to do something, outside bodies too."""
        return task_policy.task_opd_choices()

    @property
    def paragraphs(self) -> list[Task]:
        """What supporting OPDs have submitted, for the lead to compile its one answer from."""
        return [task for task in self.ticket.tasks if task.answer] if self.capacities & LEAD_OF else []

    def _offer(self, block: str) -> None:
        form = self.forms[block]
        if block == "status":
            form.offer(self.moves, self.opds if self._lists_opds(form) else (), self.dispute.proposed)
        elif block == "opd":
            form.offer(self.opds if self._lists_opds(form) else (), self.dispute.proposed)
        elif block == "tugas":
            form.offer(self.task_opds if not self.partial or form.errors else ())
        elif block == "penetapan":
            form.offer(self.opds, self.dispute.proposed)
        elif block == "penugasan":
            form.offer(self.people, self.ticket.seat_id)

    def _lists_opds(self, form: Form) -> bool:
        wants = {"opd", "proposed"} & (set(self.needs) if isinstance(form, StatusForm) else {"opd"})
        return bool(wants) and (not self.partial or bool(form.errors))

    def _words_to_begin_with(self) -> str:
        """The draft to approve, or the version that was sent back and is to be mended."""
        if "answer" not in self.needs or self.quick:
            return ""
        return self.words_before.public_text if self.words_before else ""

    @property
    def words_before(self) -> Answer | None:
        """The draft that waits, or the own version that came back: with the words Diskominfo proposed, if any."""
        return policy.pending_answer(self.ticket) or self._last_returned()

    @property
    def written_before(self) -> datetime | None:
        before = self.words_before
        return (before.returned_at or before.submitted_at) if before else None

    def _last_returned(self) -> Answer | None:
        """The own version that was sent back, when nothing newer was accepted: where mending begins."""
        newest = self.answers[0] if self.answers else None
        return newest if newest and newest.returned_at and newest.opd_id == self.seat.opd_id else None

    @cached_property
    def dispute(self) -> Dispute:
        """Who objected, what was asked of whom, and what is proposed to go up."""
        return Dispute(self.ticket, self.seat)

    @cached_property
    def opds(self):
        """Those that can lead; asked for together with the outside bodies."""
        return [opd for opd in self.task_opds if opd.kind != OUTSIDE]

    @cached_property
    def people(self) -> list[Seat]:
        """Who of the lead OPD may hold the ticket and gets its letters."""
        return list(policy.assignable(self.ticket)) if self.ticket.lead_opd_id else []

    # ── addresses and tags ─────────────────────────────────────────────

    @property
    def url(self) -> str:
        return url_for("tickets.show", ticket_id=self.ticket.id)

    def to(self, block: str) -> str:
        """Where a block's form goes."""
        return url_for("tickets.change", ticket_id=self.ticket.id, block=block)

    def file_url(self, evidence) -> str:
        return url_for("tickets.evidence", evidence_id=evidence.id)

    def shows(self, part: str) -> bool:
        """Whether the page has that part for this seat."""
        if part in ("putusan", "penetapan"):
            return self.dispute.shown
        return self.reads_original or part not in ("percakapan", "bukti")

    def dom(self, part: str) -> str:
        return f"ticket-{self.ticket.id}-{part}"

    @cached_property
    def tag(self) -> str:
        """Changes whenever this seat would see something else; says the state, so that news can be told."""
        version = 0 if self.proof else self.ticket.version  # what goes on there is no business of a former lead
        return ".".join(map(str, (self.ticket.state, version, self._newest_seq, self.seat.id, *self._here_tag)))

    @property
    def _here_tag(self) -> list[str]:
        """Short and plain, for a header."""
        return [f"{crc32(' '.join(sorted(self.here)).encode()):x}"] if self.here else []

    @property
    def _newest_seq(self) -> int:
        if own := newest_of_request(self.ticket.stream):
            return own
        if self.partial and self.reads_original:
            return queries.newest_seq(self.ticket, self.seat)
        return self._events[0][0].seq if self._events else 0

    @property
    def state_told(self) -> str:
        """What a screen reader is told when a poll brings something new."""
        last = queries.last_change(self.ticket, self.seat)
        by = f", oleh {last[0].actor}" if last else ""
        return f"Status sekarang {self.ticket.state.label}{by}."

    @cached_property
    def audiences(self) -> list[tuple[str, str, str, str | None]]:
        """(value, label, readers, why not) of the composer's choices."""
        allowed = policy.audiences(self.ticket, self.seat)
        lead = self.ticket.lead.short if self.ticket.lead else None
        both = f"{lead} dan Diskominfo" if lead and lead != "Diskominfo" else "Diskominfo"
        readers = {Audience.INTERNAL: f"hanya {self.seat.opd.short}", Audience.SHARED: both}
        readers[Audience.ANSWER] = "dibaca Diskominfo sebagai jawaban"
        return [
            (audience.value, audience.label, readers[audience], None if audience in allowed else "ditulis OPD pengampu")
            for audience in Audience
        ]
