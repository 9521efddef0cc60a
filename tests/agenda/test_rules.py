"""Stages, lateness and differences, without a database."""

from datetime import date

from app.agenda.rules import MOVES, AgendaStage, PlanState, RakorState, is_late, moves_from
from app.agenda.rules.changes import since


def test_every_stage_can_be_reached_and_left():
    reached, queue = {AgendaStage.PROPOSED}, [AgendaStage.PROPOSED]
    while queue:
        for move in moves_from(queue.pop()):
            if move.target not in reached:
                reached.add(move.target)
                queue.append(move.target)
    assert reached == set(AgendaStage)
    assert all(moves_from(stage) for stage in AgendaStage)


def test_a_rakor_agrees_and_leaders_decide():
    assert MOVES["approve"].sources == {AgendaStage.AGREED}, "nothing is policy that no rakor has agreed on"
    assert MOVES["approve"].needs == ("approval_kind", "approval_on")


def test_a_plan_is_late_from_the_day_after_its_day():
    day = date(2026, 11, 25)
    assert not is_late(PlanState.RUNNING, day, day)
    assert is_late(PlanState.RUNNING, day, date(2026, 11, 26))
    assert not is_late(PlanState.KEPT, day, date(2026, 12, 26))


def test_what_is_open_is_still_to_be_held():
    assert [state for state in RakorState if state.open] == [RakorState.PREPARING, RakorState.LOCKED]


MATTER = {
    "id": 1, "position": 1, "title": "Atap sekolah", "question": "", "background": "", "cause": "", "lead": "Disdikbud",
    "stage": "Diusulkan", "target": "", "indicator": "", "instrument": "", "spokesperson": "", "narrative": "",
    "alerts": 3, "notes": [], "tickets": [{"id": 7, "state": "Ditangani OPD"}],
}  # fmt: skip
PLAN = {"id": 5, "text": "Perbaiki atap", "progress": 0, "due_on": "2026-12-01", "opd": "Disdikbud"}
FROZEN = {
    "rakor": dict.fromkeys(("topic", "starts_at", "place", "chair", "secretary", "note_taker"), "x"),
    "guests": [{"code": "DPU", "short": "Dinas PU"}],
    "plans": [PLAN],
    "matters": [MATTER],
}


def test_the_same_material_has_no_differences():
    assert since(FROZEN, FROZEN) == []


def test_every_difference_is_a_sentence():
    matter = MATTER | {"lead": "Dinas PU", "tickets": [{"id": 7, "state": "Selesai"}]}
    fresh = {
        "rakor": FROZEN["rakor"] | {"place": "Aula"},
        "guests": [{"code": "SETDA", "short": "Setda"}],
        "plans": [PLAN | {"progress": 40}],
        "matters": [matter, MATTER | {"id": 2, "title": "Air keruh", "tickets": []}],
    }
    assert since(FROZEN, fresh) == [
        "Tempat: x → Aula.",
        "Setda diundang.",
        "Dinas PU tidak lagi diundang.",
        "Perkara baru: Air keruh.",
        "Perkara «Atap sekolah»: OPD pengampu Disdikbud → Dinas PU.",
        "Tiket #0007: Ditangani OPD → Selesai.",
        "Rencana «Perbaiki atap»: kemajuan 0 → 40.",
    ]
