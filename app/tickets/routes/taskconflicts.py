"""Two people at once on one task: who was first, when, what they changed, and what one typed oneself."""

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.tickets.models import Task
from app.tickets.policy.tasks import visible_task_events
from app.tickets.routes.conflicts import shortened
from app.tickets.rules.tasks import TASK_MOVES
from app.tickets.rules.tasksentences import task_sentence
from app.web.forms import Form

QUIET = ("task.note", "task.file", "task.contact")
TYPED = ("answer", "reason", "note", "text", "due_at", "whom")


def task_conflict(_block: str, view, form: Form) -> dict:
    """What `ui.conflict` shows: who, at, what, rows of (label, stored, mine). `view`: a task before a seat."""
    task = view.task
    events = visible_task_events(task, view.seat).where(Event.kind.not_in(QUIET)).order_by(None)
    last = db.session.execute(events.order_by(Event.seq.desc()).limit(1)).first()
    rows = _rows(task, form)
    if last is None:
        return {"who": "Orang lain", "at": "baru saja", "what": "Tugas ini berubah.", "rows": rows}
    event = last[0]
    what = f"{event.actor} {task_sentence(event.kind, event.before, event.after)}"
    return {"who": event.actor, "at": clock.short(event.at), "what": what, "rows": rows}


def _rows(task: Task, form: Form) -> list[tuple[str, str, str]]:
    move = TASK_MOVES.get(form.data.get("move") or "")
    rows = [("Status", task.state.label, move.label if move else "")]
    typed = [(form[name].label.text, "", shortened(form.data[name])) for name in TYPED if form.data.get(name)]
    return rows + typed
