"""What a ticket's page tells of speaking in public: steps, edited words, publications."""

from functools import cached_property

from app.core import clock
from app.extensions import db
from app.people.rules import HeadApproves
from app.tickets import policy
from app.tickets.models import Answer, Publication
from app.tickets.queries import speaking
from app.tickets.routes.reading import Reading
from app.tickets.rules import AnswerKind, State, TicketClass
from app.tickets.rules.answers import parts
from app.tickets.rules.differences import word_diff


class Speaking(Reading):
    """A ticket before a seat, with what was said about it."""

    # ── answers ────────────────────────────────────────────────────────

    @property
    def stages(self) -> list[tuple[str, str]]:
        """The first statement and the full answer as two steps of their own."""
        full = next((each for each in self.answers if each.kind is AnswerKind.FULL and each.approved_at), None)
        stated = self.ticket.first_stated_at
        first = f"disampaikan {clock.short(stated)}" if stated else "belum"
        done = full and not full.returned_at
        return [
            (AnswerKind.FIRST_STATEMENT.label, first),
            (AnswerKind.FULL.label, f"disetujui {clock.short(full.approved_at)}" if full and done else "belum"),
        ]

    @cached_property
    def compares(self) -> bool:
        """Whether the OPD's own words are shown beside edited ones."""
        return policy.may_compare(self.ticket, self.seat)

    def diff(self, answer: Answer) -> list[tuple[str, str]]:
        """What Diskominfo changed, word by word, for those who may compare."""
        if not answer.redacted_text or not self.compares:
            return []
        return word_diff(answer.text, answer.redacted_text)

    def parts(self, answer: Answer) -> list[tuple[str, str]]:
        """What may be read of it: the edited words; of a version that went back, the OPD's own to its people."""
        own = answer.returned_at and self.compares
        return parts(answer.text if own else answer.public_text)

    @cached_property
    def redacts(self) -> bool:
        return policy.may_redact(self.ticket, self.seat)

    # ── the head ───────────────────────────────────────────────────────

    @cached_property
    def head_asked(self):
        """What the head was asked about the draft that waits, newest first; only inside the OPD."""
        answer = policy.pending_answer(self.ticket)
        inside = self.reads_original and self.ticket.lead_opd_id == self.seat.opd_id
        waits = self.ticket.state is State.AWAITING_APPROVAL and answer is not None
        if not (inside and waits and answer and policy.answers.head_needed(self.ticket.lead, answer.response)):
            return None
        return db.session.scalars(policy.answers.head_requests(answer)).all()

    @cached_property
    def asks_head(self) -> bool:
        """Whether the form offers to ask the head by link."""
        return policy.may_ask_head(self.ticket, self.seat) and self.heads

    @property
    def heads(self) -> bool:
        """Whether this OPD's head has a word in some answers."""
        lead = self.ticket.lead
        return bool(lead and lead.id == self.seat.opd_id and lead.head_approval is not HeadApproves.NEVER)

    # ── publication and truth ──────────────────────────────────────────

    @cached_property
    def _spoken(self):
        approved = self.ticket.first_stated_at or any(answer.approved_at for answer in self.answers)
        if not self.reads_original or not approved or self.quick:
            return []
        isu_ids = {row.isu_id for row in self.alerts if row.isu_id} if self.inside else ()
        return speaking.publications_about(self.ticket, isu_ids, self.seat)

    @property
    def publications(self) -> list[Publication]:
        """Of this ticket, newest first; a former lead sees those of its time."""
        until = self.proof.until if self.proof else None
        mine = [row for row in self._spoken if row.ticket_id == self.ticket.id]
        return [row for row in mine if until is None or row.created_at <= until]

    @property
    def published(self) -> bool:
        return any(row.withdrawn_at is None for row in self.publications)

    @property
    def spokesperson(self) -> str:
        """Who spoke last about this isu: satu pintu."""
        return next((row.spokesperson for row in self._spoken if row.withdrawn_at is None), "")

    @cached_property
    def publishes(self) -> bool:
        return policy.may_publish(self.ticket, self.seat)

    @property
    def wants_publication(self) -> bool:
        """A media matter whose publication is still to be recorded."""
        return self.ticket.ticket_class is TicketClass.MEDIA and not self.published

    @property
    def truth_said(self):
        """Who found what is true, and when, as history tells it."""
        return next((entry for entry in self.story if entry.kind == "ticket.truth"), None)
