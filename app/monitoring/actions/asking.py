"""Verbs of a run whose layout is not known yet: ask, look again, confirm, cancel."""

from __future__ import annotations

from dataclasses import asdict, replace

from app.core import clock, events, work
from app.core.db import serialise
from app.monitoring import queries
from app.monitoring.actions.profiles import remember_layout
from app.monitoring.actions.runs import IMPORT, read_by
from app.monitoring.models import IngestRun, Profile
from app.monitoring.rules.asking import Question, Wish
from app.monitoring.rules.kinds import RunState
from app.monitoring.rules.mapping import Mapping
from app.people.models import Seat

PROFILE_LOCK = 41_004
CANCELLED = "Dibatalkan sebelum dimasukkan. Tidak ada yang masuk; berkas aslinya tetap tersimpan."


def ask(run: IngestRun, question: Question) -> None:
    """The run waits for a person."""
    run.state, run.asked = RunState.ASKING, replace(question, wish={}).to_dict()


def look_again(run: IngestRun, wish: Wish) -> None:
    """A worker looks into the file as a person wishes, and asks again."""
    question = Question.of(run.asked)
    _queue(run, question.turn + 1)
    run.asked = replace(question, wish=asdict(wish), turn=question.turn + 1, trouble="", trial={}).to_dict()


def confirm(run: IngestRun, name: str, mapping: Mapping, by: Seat) -> int:
    """The run, and every other one of its source that asks about this header, is read so from now on; how many.

    A layout that is known by now is read as this person says. Raises Refused.
    """
    serialise(PROFILE_LOCK)
    profile = queries.profile_for(run.source_id, mapping.signature)
    if profile is None:
        profile = remember_layout(run.source, name, mapping, by)
    elif profile.mapping != mapping.to_dict():
        _change(profile, mapping, by)
    alike = [
        other
        for other in queries.asking_runs(run.source_id)
        if Question.of(other.asked).mapping.signature == mapping.signature
    ]
    for one in alike:
        turn = Question.of(one.asked).turn + 1
        one.asked = {}
        read_by(one, profile)
        _queue(one, turn)
    return len(alike)


def cancel(run: IngestRun, by: Seat) -> None:
    """The file is not taken in; its raw bytes stay."""
    run.state, run.asked, run.trouble, run.finished_at = RunState.UNDONE, {}, CANCELLED, clock.now()
    events.record(f"source:{run.source_id}", "source.run_undone", by, after={"gone": 0}, ref_id=run.id)


def _change(profile: Profile, mapping: Mapping, by: Seat) -> None:
    profile.mapping = mapping.to_dict()
    stream, told = f"source:{profile.source_id}", {"name": profile.name}
    events.record(stream, "source.profile_changed", by, after=told, ref_id=profile.id)


def _queue(run: IngestRun, turn: int) -> None:
    run.state = RunState.WAITING
    work.later(IMPORT, run.id, key=f"{IMPORT}:{run.id}:{turn}")
