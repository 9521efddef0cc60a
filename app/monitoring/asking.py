"""What a worker does before it reads a sheet that a person uploaded: look into it, and ask when it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.core import storage
from app.core.work import Lease
from app.extensions import db
from app.monitoring import actions, queries
from app.monitoring.models import IngestRun, Profile
from app.monitoring.readers import Refused, guarded
from app.monitoring.readers.guarded import Batch, Peek
from app.monitoring.rules.asking import TOO_WIDE, Question, askable
from app.monitoring.rules.kinds import Channel, SourceKind
from app.monitoring.rules.mapping import Mapping, carried, compare

LEASE = 15
MOST_TRIED = 5
NO_HEADER = "Lembar ini tidak berisi kolom. Periksa berkasnya di Excel, lalu unggah lagi."
CHANGED = "Kolom berkas ini berbeda dari susunan «{}». {} Periksa pilihan di bawah, lalu simpan sebagai susunan baru."
Look = Callable[[str, int | None, Mapping | None], Peek]


@dataclass(frozen=True)
class Known:
    """A layout that the source remembers; a plain value, for a renewed lease ends the transaction."""

    profile_id: int
    name: str
    mapping: Mapping


def settled(run_id: int, lease: Lease) -> bool:
    """Whether the run may be read now. Else a person was asked or answered, or the file was refused."""
    run = db.session.get_one(IngestRun, run_id)
    if run.asked:
        _look_again(run, lease)
        return False
    return not _to_be_confirmed(run) or _known(run, lease)


def _to_be_confirmed(run: IngestRun) -> bool:
    """A person's upload of a sheet that nobody has begun to read. Commands and feeds ask nobody."""
    uploaded = run.source.kind is SourceKind.SHEET and run.seat_id is not None
    return uploaded and run.profile_id is None and not run.rows_done


def _known(run: IngestRun, lease: Lease) -> bool:
    run_id, source_id, channel, look = run.id, run.source_id, run.source.channel, _looking(run, lease)
    try:
        seen = look("", None, None)
        if seen.kind != "table":
            return True
        layouts = [Known(p.id, p.name, Mapping.from_dict(p.mapping)) for p in queries.profiles_of(source_id)]
        found = _fitting(seen, layouts, look)
        question = None if found else _question(seen, channel, layouts, look)
    except (Refused, ValueError) as refused:
        db.session.rollback()
        reason, headers = (refused.reason, refused.headers) if isinstance(refused, Refused) else (TOO_WIDE, ())
        actions.refuse_run(db.session.get_one(IngestRun, run_id), reason, headers)
        return False
    run = db.session.get_one(IngestRun, run_id)
    if question:
        actions.ask(run, question)
    elif found:
        actions.read_by(run, db.session.get_one(Profile, found.profile_id))
    return found is not None


def _looking(run: IngestRun, lease: Lease) -> Look:
    """`guarded.peek` into the run's file, the lease being kept meanwhile."""
    path, now = storage.path(run.raw_key), run.started_at

    def look(sheet: str, header_row: int | None, mapping: Mapping | None) -> Peek:
        lease.renew(LEASE)
        return guarded.peek(path, now, sheet, header_row, mapping, waiting=lambda: lease.renew(LEASE))

    return look


def _fitting(seen: Peek, layouts: Sequence[Known], look: Look) -> Known | None:
    """The layout that bears the file's header: as the synonyms find it, else in the row where it was last."""
    for layout in layouts:
        if compare(layout.mapping, seen.headers).same:
            return layout
    for layout in layouts[:MOST_TRIED]:
        if compare(layout.mapping, look("", None, layout.mapping).headers).same:
            return layout
    return None


def _question(seen: Peek, channel: Channel, layouts: Sequence[Known], look: Look) -> Question:
    """What is asked; where a layout changed, what the nearest one read is offered again. Raises Refused, ValueError."""
    told = askable(seen.to_dict(), channel)
    if not told["headers"]:
        raise Refused(NO_HEADER)
    if not layouts:
        return Question(told)
    nearest = min(layouts, key=lambda layout: compare(layout.mapping, seen.headers).distance)
    again = carried(nearest.mapping, Mapping.from_dict(told["mapping"]))
    told = askable(look("", None, again).to_dict(), channel)
    return Question(told, CHANGED.format(nearest.name, compare(nearest.mapping, seen.headers).changes))


def _look_again(run: IngestRun, lease: Lease) -> None:
    """Meet the wish of a person and ask again; what cannot be looked at so leaves the question as it was."""
    run_id, question, look = run.id, Question.of(run.asked), _looking(run, lease)
    wish, path, now, media_type = question.wished, storage.path(run.raw_key), run.started_at, run.media_type
    source_id, channel = run.source_id, run.source.channel
    mapping = Mapping.from_dict(wish.mapping) if wish.mapping else None
    try:
        seen = look(wish.sheet, wish.header_row, mapping).to_dict()
        answer = replace(question, seen=askable(seen, channel))
        if wish.trial and mapping:
            answer = replace(answer, trial=_tried(source_id, guarded.read(path, now, media_type, mapping), lease))
    except Refused as refused:
        answer = replace(question, trouble=refused.reason)
    except ValueError:
        answer = replace(question, trouble=TOO_WIDE)
    db.session.rollback()
    actions.ask(db.session.get_one(IngestRun, run_id), answer)


def _tried(source_id: int, batches: Iterable[Batch], lease: Lease) -> dict[str, int]:
    """What the whole file would bring; nothing is written."""
    trial = actions.Trial(source_id)
    for batch in batches:
        trial.take([batch])
        lease.renew(LEASE)
    return {"new": trial.new, "repeated": trial.repeated, "rejected": trial.rejected}
