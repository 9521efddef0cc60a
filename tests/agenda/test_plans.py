"""Plans are made, reported on, kept or dropped; who meets which."""

from datetime import timedelta

import pytest
from werkzeug.exceptions import NotFound

from app.agenda import actions, policy, queries
from app.agenda.rules import PlanOrigin, PlanState
from app.core import clock, events
from app.core.refused import Refused
from app.tickets.actions import secrecy
from tests.agenda.hall import matter, plan, rakor
from tests.tickets.desk import ADMIN, HEAD, LEADER, NARAHUBUNG, OPERATOR, OTHER_ADMIN, ticket


def test_a_plan_of_a_rakor_belongs_to_its_matter(people):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    made = plan(people, item, meeting)
    assert (made.origin, made.item_id, made.rakor_item_id is not None) == (PlanOrigin.RAKOR, item.id, True)
    assert [support.opd.code for support in made.supports] == ["DPU"]
    assert queries.plans_made_in(meeting.id, people[OPERATOR]) == [made]


def test_a_rakor_plans_nothing_before_its_material_is_locked(people):
    item = matter(people)
    meeting = rakor(people, item)
    with pytest.raises(Refused, match="Kunci"):
        plan(people, item, meeting)


def test_an_instruction_says_whose_and_when(people):
    with pytest.raises(Refused) as refused:
        plan(people, given_by="", given_on=None, due_on=None, text=" ", opd="")
    assert set(refused.value.errors) == {"given_by", "given_on", "due_on", "text", "opd"}
    made = plan(people, who=LEADER, origin="arahan", way="Lisan di apel")
    assert (made.given_by, made.way, made.origin) == ("Sekda", "Lisan di apel", PlanOrigin.INSTRUCTION)


def test_an_outside_body_helps_but_does_not_lead(people):
    assert plan(people, supports=["PLN"]).supports[0].opd.code == "PLN"
    with pytest.raises(Refused, match="pengampu"):
        plan(people, opd="PLN")


def test_progress_is_told_in_words_and_ends_once(people):
    made = plan(people)
    with pytest.raises(Refused, match="dikerjakan"):
        actions.report(made, people[ADMIN], 40, " ")
    actions.report(made, people[ADMIN], 40, "Bahan sudah dibeli.")
    actions.keep(made, people[OPERATOR], "")
    assert (made.state, made.progress, made.standing) == (PlanState.KEPT, 100, "Terlaksana")
    with pytest.raises(Refused, match="terlaksana"):
        actions.report(made, people[ADMIN], 50, "Lagi.")
    assert not list(events.broken_links())


def test_dropping_a_plan_needs_a_reason(people):
    made = plan(people)
    with pytest.raises(Refused, match="mengapa"):
        actions.drop(made, people[OPERATOR], "")
    actions.drop(made, people[OPERATOR], "Pindah ke anggaran 2027.")
    assert made.reason == "Pindah ke anggaran 2027."


def test_lists_and_counts_agree(people, db_session):
    late, open_one = plan(people, due_on=clock.today() - timedelta(days=1)), plan(people)
    kept, dropped = plan(people), plan(people)
    actions.keep(kept, people[OPERATOR], "")
    actions.drop(dropped, people[OPERATOR], "Tidak jadi.")
    listed = {view: [row.id for row in db_session.scalars(queries.plans(people[OPERATOR], view))]
              for view in ("terbuka", "lewat", "terlaksana", "batal")}  # fmt: skip
    assert listed == {
        "terbuka": [late.id, open_one.id],
        "lewat": [late.id],
        "terlaksana": [kept.id],
        "batal": [dropped.id],
    }
    assert queries.plan_counts(people[OPERATOR]) == {view: len(ids) for view, ids in listed.items()}
    assert late.standing == "Lewat target"


def test_an_opd_meets_the_plans_it_leads_or_supports(people, db_session):
    ours, theirs = plan(people, supports=[]), plan(people, opd="SETDA", supports=["DISDIKBUD"])
    alien = plan(people, opd="SETDA", supports=[])
    seen = {email: {row.id for row in db_session.scalars(policy.visible_plans(people[email]))}
            for email in (ADMIN, NARAHUBUNG, OTHER_ADMIN, LEADER)}  # fmt: skip
    mine = {ours.id, theirs.id}
    assert seen == {ADMIN: mine, NARAHUBUNG: mine, OTHER_ADMIN: set(), LEADER: mine | {alien.id}}
    with pytest.raises(NotFound):
        policy.visible_plan(alien.id, people[ADMIN])


def test_who_leads_reports_and_diskominfo_ends(people):
    made = plan(people)
    assert [policy.may_report(made, people[email]) for email in (ADMIN, OTHER_ADMIN, LEADER, OPERATOR)] == [
        *(True, False, False, True)
    ]
    assert [policy.may_end(made, people[email]) for email in (ADMIN, OTHER_ADMIN, LEADER, OPERATOR)] == [
        *(False, False, False, True)
    ]


def test_plans_of_a_secret_matter_hide_with_it(people, db_session):
    row = ticket(people)
    made = plan(people, matter(people, row))
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    seen = {
        email: len(db_session.scalars(policy.visible_plans(people[email])).all()) for email in (HEAD, OPERATOR, ADMIN)
    }
    assert seen == {HEAD: 1, OPERATOR: 0, ADMIN: 0} and made.id
