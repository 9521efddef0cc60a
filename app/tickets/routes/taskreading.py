"""What one seat may read of one task. Every part is asked for at most once."""

from functools import cached_property

from app.core import clock
from app.core.calendar import Calendar
from app.core.events import Event
from app.core.uploads import neutral_name
from app.extensions import db
from app.people.calendars import calendar_of
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import Evidence, Task
from app.tickets.policy import tasks as policy
from app.tickets.queries.field import asked_about, newest_finding
from app.tickets.routes.recent import newest_of_request
from app.tickets.routes.telling import Entry, Sum
from app.tickets.rules import Audience, TaskState
from app.tickets.rules.due import Due, remaining, tell
from app.tickets.rules.field import Finding
from app.tickets.rules.sums import lines
from app.tickets.rules.tasks import CLOSED_MATTER, TaskWho
from app.tickets.rules.tasksentences import task_sentence

MOST_EVENTS = 200


def title_of(task: Task, *, reads_matter: bool) -> str:
    """The ticket's title as who works on its task may read it."""
    ticket = task.ticket
    return ticket.shown_title if reads_matter else ticket.safe_title or CLOSED_MATTER


class TaskReading:
    """A task before a seat, to be read."""

    def __init__(self, task: Task, seat: Seat):
        self.task, self.seat, self.ticket = task, seat, task.ticket

    @cached_property
    def inside(self) -> bool:
        return self.seat.role is Role.DISKOMINFO

    @cached_property
    def capacities(self) -> frozenset[TaskWho]:
        return policy.task_capacities(self.task, self.seat)

    @cached_property
    def proof(self):
        """The proof of an OPD that handed this task on, when that is all this seat has."""
        return policy.former_task(self.task, self.seat)

    @cached_property
    def reads_matter(self) -> bool:
        return policy.reads_matter(self.task, self.seat)

    @cached_property
    def knows_ticket(self) -> bool:
        """Whether the page links to its ticket."""
        return bool(self.capacities) and policy.knows_ticket(self.task, self.seat)

    @property
    def title(self) -> str:
        return title_of(self.task, reads_matter=self.reads_matter)

    @property
    def guarded(self) -> bool:
        """A judul aman or less stands for the matter."""
        return self.ticket.sensitive or not self.reads_matter

    @property
    def safe_words(self) -> str:
        """The ringkasan aman, for those who do not read more."""
        return self.ticket.safe_summary if self.guarded else ""

    @property
    def reads_answer(self) -> bool:
        return policy.reads_answer(self.task, self.seat)

    @cached_property
    def evidence(self):
        return db.session.execute(policy.task_files(self.task, self.seat)).all()

    @cached_property
    def asked_outside(self):
        """(FieldRequest, files): what was asked of the field for this task, as far as this seat may know."""
        return asked_about(self.ticket, self.seat, self.task) if self.capacities else []

    @cached_property
    def found_outside(self) -> Finding | None:
        return newest_finding(self.asked_outside)

    def name_of(self, evidence: Evidence) -> str:
        return neutral_name(evidence.id, evidence.name) if self.ticket.sensitive else evidence.name

    @cached_property
    def _events(self):
        """(event, text), newest first."""
        newest = policy.visible_task_events(self.task, self.seat).order_by(None)
        return db.session.execute(newest.order_by(Event.seq.desc()).limit(MOST_EVENTS)).all()

    @property
    def talk(self) -> list[Entry]:
        """Notes, oldest first."""
        return [_entry(event, text) for event, text in reversed(self._events) if event.kind == "task.note"]

    @property
    def contacts(self) -> list[tuple]:
        """(event, words) of letters, calls and answers of the outside body, newest first."""
        return [(event, text) for event, text in self._events if event.kind == "task.contact"]

    @property
    def story(self) -> list[Entry]:
        """Everything that happened but notes, newest first."""
        return [_entry(event, text) for event, text in self._events if event.kind != "task.note"]

    @property
    def last_words(self) -> Entry | None:
        """What was said with the last step, by somebody else: why it came back, or was handed on."""
        newest = next((entry for entry in self.story if entry.moved), None)
        asked = newest and newest.words != self.task.text
        return newest if newest and asked and newest.words and newest.actor != self.seat.signature else None

    @property
    def newest_seq(self) -> int:
        return newest_of_request(self.task.stream) or (self._events[0][0].seq if self._events else 0)

    @cached_property
    def calendar(self) -> Calendar:
        """By whose hours its clock runs: an outside body's contact, else the OPD's own."""
        return calendar_of(self.task.contact_opd_id or self.task.opd_id)

    @cached_property
    def due(self) -> Due:
        task = self.task
        return tell(task.received_at, task.due_at, task.paused_at, task.ended_at, self.calendar)

    @property
    def due_words(self) -> str:
        if self.proof:
            return "Milik OPD baru"
        return clock.short(self.task.due_at) if self.task.due_at else "Belum ada"

    @property
    def left(self) -> str:
        """How much of the time is left, while the clock runs."""
        task = self.task
        return remaining(task.due_at, self.calendar) if task.due_at and not task.paused_at and task.open else ""

    @property
    def sums(self) -> list[Sum]:
        """The arithmetic of the due date, for whoever still works on it."""
        task = self.task
        if task.due_at is None or not task.open or self.proof:
            return []
        return [Sum("Tenggat tugas", lines(task.due_sum or []), task.due_at)]

    zone = property(lambda self: clock.zone_name())


def _entry(event, text: str | None) -> Entry:
    state = (event.after or {}).get("state")
    return Entry(
        actor=event.actor,
        says=task_sentence(event.kind, event.before, event.after),
        at=event.at,
        words=text,
        audience=Audience(event.audience),
        moved=TaskState(state) if state else None,
    )
