"""What one seat may read of one ticket. Every part is asked for at most once, and only when it is shown."""

from functools import cached_property
from types import SimpleNamespace

from app.core import clock
from app.core.calendar import Calendar
from app.core.events import Event
from app.core.uploads import neutral_name
from app.extensions import db
from app.monitoring.forms import BareForm
from app.monitoring.rules.shield import told_outside
from app.people.calendars import calendar_of
from app.people.models import Opd, Seat
from app.people.rules import Role
from app.tickets import policy, queries
from app.tickets.models import Answer, Evidence, Ticket
from app.tickets.policy import secrecy
from app.tickets.queries.field import asked_about, newest_finding
from app.tickets.routes.telling import Box, Entry, chain_of, clocks_box, river, split_history
from app.tickets.rules import Who
from app.tickets.rules.due import Due, remaining, tell
from app.tickets.rules.field import Finding

MOST_EVENTS = 200


class Reading:
    """A ticket before a seat, to be read."""

    quick = False
    personal = False

    def __init__(self, ticket: Ticket, seat: Seat):
        self.ticket, self.seat = ticket, seat

    # ── who reads ──────────────────────────────────────────────────────

    @cached_property
    def inside(self) -> bool:
        """Diskominfo's own eyes: Krisis has its name, lateness is said."""
        return self.seat.role is Role.DISKOMINFO

    @cached_property
    def capacities(self) -> frozenset[Who]:
        return policy.capacities(self.ticket, self.seat)

    @cached_property
    def proof(self):
        """The former lead's proof, when that is all this seat has."""
        return queries.former_lead(self.ticket, self.seat.opd_id) if self.seat.role.of_opd else None

    @cached_property
    def reads_original(self) -> bool:
        """Whether answers, talk and files may be read; of a sensitive matter only by Diskominfo and its lead."""
        return policy.may_open_original(self.ticket, self.seat)

    @property
    def hides_names(self) -> bool:
        """Whether files go by a number: behind a judul aman their names would tell whom it is about."""
        return self.ticket.sensitive

    def name_of(self, evidence: Evidence) -> str:
        return neutral_name(evidence.id, evidence.name) if self.hides_names else evidence.name

    @property
    def level(self):
        return self.ticket.level if self.inside else self.ticket.level.outside

    @property
    def printed_at(self):
        """The hour a paper copy says of itself."""
        return clock.now()

    # ── what hangs on it ───────────────────────────────────────────────

    @cached_property
    def _events(self):
        """(event, text), newest first."""
        if not self.reads_original:
            return []
        newest = policy.visible_events(self.ticket, self.seat).order_by(None)
        return db.session.execute(newest.order_by(Event.seq.desc()).limit(MOST_EVENTS)).all()

    @cached_property
    def _history(self) -> tuple[list[Entry], list[Entry]]:
        return split_history(self._events, self.inside, hides_names=self.hides_names)

    @property
    def talk(self) -> list[Entry]:
        """Notes, oldest first."""
        return self._history[0]

    @property
    def story(self) -> list[Entry]:
        """Everything that happened but notes, newest first."""
        return self._history[1]

    @property
    def last_words(self):
        """What was said with the last step, by somebody else: why it was sent back, what the office adds."""
        newest = next((entry for entry in self.story if entry.moved), None)
        return newest if newest and newest.words and newest.actor != self.seat.signature else None

    @cached_property
    def answers(self) -> list[Answer]:
        """Newest first."""
        if not self.reads_original:
            return []
        return list(reversed(db.session.scalars(policy.visible_answers(self.ticket, self.seat)).all()))

    @cached_property
    def chain(self):
        return chain_of(self.answers[0], self.ticket) if self.answers else ((), 0)

    @cached_property
    def circle(self):
        """Who is named on a restricted matter, and who opened it in an emergency that still lasts."""
        rows = secrecy.circle(self.ticket) if self.ticket.restricted else []
        return [row for row in rows if row.NamedOfficer.until is None or row.NamedOfficer.until > clock.now()]

    @cached_property
    def evidence(self):
        if not self.reads_original:
            return []
        return db.session.execute(queries.evidence_of(self.ticket, self.seat)).all()

    @cached_property
    def asked_outside(self):
        """(FieldRequest, files): what was asked of the field, as far as this seat may know."""
        return asked_about(self.ticket, self.seat) if self.reads_original and not self.personal else []

    @cached_property
    def found_outside(self) -> Finding | None:
        return newest_finding(self.asked_outside)

    @property
    def may_ask_outside(self) -> bool:
        return not self.personal and policy.field.may_ask(self.ticket, self.seat, self.capacities)

    @cached_property
    def alerts(self):
        """The news behind it. Behind a judul aman only after «Buka judul asli»."""
        if self.ticket.sensitive:
            return []
        return self.original_alerts

    @cached_property
    def original_alerts(self):
        until = self.proof.until if self.proof else None
        rows = db.session.execute(queries.alerts_behind(self.ticket, until)).all()
        return rows if self.inside else [SimpleNamespace(**told_outside(row._mapping)) for row in rows]

    @cached_property
    def mirrored(self) -> list[tuple]:
        """The complaints of SP4N-LAPOR! behind it, each with the form of its tick; Diskominfo's alone."""
        rows = self.original_alerts if self.inside else []
        return [(row, BareForm(formdata=None)) for row in rows if row.tracking_id]

    @cached_property
    def for_sp4n(self) -> str:
        """The approved answer as plain text, with who gave it; empty while there is none."""
        approved = [answer for answer in self.answers if answer.approved_at and not answer.returned_at]
        if not approved:
            return ""
        return f"{approved[0].public_text.strip()}\n\n{db.session.get_one(Opd, approved[0].opd_id).name}"

    @property
    def shows_tone(self) -> bool:
        """Tone does not leave Diskominfo's and the leaders' pages."""
        return self.inside or self.seat.role is Role.PIMPINAN

    @cached_property
    def for_group(self) -> str:
        """What may be pasted into a group with outsiders: no link, no tone, no word of lateness.

        Of a restricted matter only its number: what it is about is nobody's business there.
        """
        ticket = self.ticket
        about = "" if ticket.restricted else f", {ticket.shown_title}"
        lines = ["Mohon perhatian rekan OPD.", f"Permintaan tindak lanjut nomor {ticket.number}{about}."]
        if ticket.lead:
            lines.append(f"Pengampu: {ticket.lead.short}.")
        if ticket.due_at and not ticket.state.ended:
            lines.append(f"Jawaban lengkap diharapkan {clock.long(ticket.due_at)}.")
        return "\n".join([*lines, "Rincian sudah dikirim lewat email masing-masing. Terima kasih."])

    # ── time ───────────────────────────────────────────────────────────

    @cached_property
    def calendar(self) -> Calendar:
        """By whose hours its clock runs: those of the lead OPD."""
        return calendar_of(self.ticket.lead_opd_id)

    @cached_property
    def due(self) -> Due:
        ticket = self.ticket
        return tell(ticket.received_at, ticket.due_at, ticket.paused_at, ticket.ended_at, self.calendar)

    @cached_property
    def box(self) -> Box:
        return clocks_box(self.ticket, self.calendar)

    @cached_property
    def river(self):
        isu_id = next((row.isu_id for row in self.alerts if row.isu_id), None) if self.inside else None
        return river(self.ticket, self.answers, self.alerts, isu_id)

    @property
    def due_words(self) -> str:
        if self.proof:
            return "Milik pengampu baru"
        return clock.short(self.ticket.due_at) if self.ticket.due_at else "Belum ada"

    @property
    def due_line(self) -> str:
        """The state of the OPD's clock in a few words. Lateness is not told upward by a machine (mission fact 13)."""
        if self.proof:
            return ""
        told = self.seat.role is Role.PIMPINAN and self.due.mood
        return self.due_words if told else self.due.words

    @property
    def due_mood(self) -> str:
        return "" if self.seat.role is Role.PIMPINAN else self.due.mood

    @property
    def left(self) -> str:
        """How much of the OPD's time is left, while its clock runs."""
        ticket = self.ticket
        runs = ticket.due_at and not ticket.paused_at and not ticket.ended_at
        return remaining(ticket.due_at, self.calendar) if runs and not self.quick else ""

    @property
    def reacts(self) -> bool:
        """Whether the first reaction is still ahead."""
        return bool(self.ticket.react_by and self.ticket.react_by > clock.now())

    zone = property(lambda self: clock.zone_name())
