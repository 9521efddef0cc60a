"""What the page of a personal link to a task shows: like that of a ticket, and what it cannot do is not there."""

from functools import cached_property

from app.extensions import db
from app.people.models import PersonalLink
from app.tickets.models import Evidence, Task
from app.tickets.policy import tasks as policy
from app.tickets.routes.linkview import DONE, NEWS
from app.tickets.routes.personal import PersonalPage
from app.tickets.routes.taskview import TaskView
from app.tickets.rules.tasks import TASK_MOVES, TASKLESS, TaskMove

TASK_DONE = {
    "object": "Keberatan tercatat. Diskominfo menetapkan siapa yang mengerjakan, dan tautan ini berakhir. "
    "Keberatan tidak dicatat sebagai kekurangan.",
    "status": "Tersimpan. Tautan ini berakhir bersama tugasnya.",
    "pindah": DONE["pindah"],
}
QUESTIONS = {
    "take_on": ("Terima dan tangani tugas ini?", "Ya, terima & tangani"),
    "submit": ("Ajukan hasil tugas ini ke pengampu?", "Ya, ajukan"),
    "object": ("Sampaikan bahwa ini bukan kewenangan OPD Anda?", "Ya, sampaikan"),
    "hold": ("Tunda pengerjaan tugas ini?", "Ya, tunda"),
    "resume": ("Lanjutkan pengerjaan?", "Ya, lanjutkan"),
}


class TaskLinkView(PersonalPage, TaskView):
    """A task before the seat of a personal link: no session, and of a sensitive matter only its safe parts."""

    news_of, done_of = NEWS, TASK_DONE

    @property
    def tells(self) -> bool:
        """A link reveals nothing behind a judul aman; that is read signed in."""
        return not self.ticket.sensitive

    @property
    def keeps(self) -> bool:
        return super().keeps and self.tells

    def needed(self, move: TaskMove) -> tuple[str, ...]:
        """What the move cannot do without."""
        return policy.task_needs(move, self.task, self.seat)

    @cached_property
    def evidence(self):
        """Files of the own OPD."""
        own = policy.task_files(self.task, self.seat).where(Evidence.opd_id == self.seat.opd_id)
        return db.session.execute(own).all() if self.tells else []

    @property
    def checked(self) -> TaskMove:
        """The move whose summary is shown."""
        return TASK_MOVES[self.forms["status"].data["move"]]

    @property
    def question(self) -> tuple[str, str]:
        label = self.checked.label
        return QUESTIONS.get(self.checked.name, (f"{label}?", f"Ya, {label.lower()}"))

    @property
    def after_words(self) -> str:
        return TASK_DONE["object"] if self.checked.name == "object" else self.checked.hint

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(label, value) of everything the move would record."""
        return [*self._typed(self.forms["status"], self.checked), ("Atas nama", self.seat.signature)]


def task_of(link: PersonalLink, *, lock: bool) -> Task | None:
    """The task, as long as the seat's OPD works on it and something of it goes on."""
    wanted = policy.visible_to(link.seat).where(Task.id == link.subject_id)
    ticket_id = db.session.scalar(wanted.with_only_columns(Task.ticket_id))
    task = policy.found(wanted, ticket_id, lock=lock) if ticket_id else None
    living = task and task.worked_by_id == link.seat.opd_id and task.open and task.ticket.state not in TASKLESS
    return task if living else None
