"""From a ticket, an isu or an agreement to a matter on the agenda, and through its stages."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.agenda import actions, policy, queries
from app.agenda.actions.matters import Origin
from app.agenda.models import AgendaItem, AgendaSource
from app.agenda.rules import AgendaStage
from app.core import clock, events, storage
from app.core.refused import Refused
from app.desk.actions.sensitive import mark_sensitive
from app.monitoring.actions.isu import merge as merge_isu
from app.monitoring.actions.isu import put_together
from app.tickets.actions import secrecy
from tests.agenda.hall import matter, rakor
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR, alert, ticket


def test_a_ticket_brings_its_title_and_its_lead(people):
    row = ticket(people)
    item = actions.propose(people[OPERATOR], {}, Origin(row))
    assert (item.title, item.lead_opd_id, item.stage) == (row.title, row.lead_opd_id, AgendaStage.PROPOSED)


def test_a_ticket_stands_on_the_agenda_once(people):
    row = ticket(people)
    item = matter(people, row)
    with pytest.raises(Refused, match=f"nomor {item.id}"):
        actions.propose(people[OPERATOR], {}, Origin(row))


def test_an_agreement_from_a_group_needs_its_words_and_its_day(people):
    with pytest.raises(Refused, match="Tempel"):
        actions.propose(people[OPERATOR], {"title": "Truk tangki"}, Origin())
    with pytest.raises(Refused, match="tanggal"):
        actions.propose(people[OPERATOR], {"title": "Truk tangki"}, Origin(note="Damkar siap 2 truk"))
    noted = Origin(note="Damkar siap 2 truk", noted_on=clock.today())
    item = actions.propose(people[OPERATOR], {"title": "Truk tangki"}, noted)
    assert queries.sources_of([item.id])[item.id][0].note == "Damkar siap 2 truk"


def test_an_isu_counts_its_alerts_once(people):
    row = ticket(people)
    both = [alert("Air keruh di hulu", tone="negative"), alert("Air keruh lagi", tone="negative")]
    isu = put_together(both, people[OPERATOR], "Air keruh")
    item = actions.propose(people[OPERATOR], {}, Origin(isu_id=isu.id, title=isu.title))
    actions.merge(actions.propose(people[OPERATOR], {}, Origin(row)), item, people[OPERATOR])
    counted = queries.coverage([item.id])[item.id]
    assert (counted.alerts, counted.negative) == (3, 2)


def test_several_proposals_become_one_isu_strategis(people, db_session):
    first, second = matter(people), matter(people, title="Kelas bocor")
    actions.merge(second, first, people[OPERATOR])
    assert second.into_id == first.id
    assert len(queries.sources_of([first.id])[first.id]) == 2
    assert [item.id for item in db_session.scalars(queries.at_stage(people[OPERATOR], None))] == [first.id]
    with pytest.raises(Refused, match="disatukan"):
        actions.revise(second, people[OPERATOR], {"title": "x"})


def test_what_a_rakor_takes_up_is_not_merged_away(people):
    first, second = matter(people), matter(people, title="Kelas bocor")
    rakor(people, second)
    with pytest.raises(Refused, match="acara rakor"):
        actions.merge(second, first, people[OPERATOR])


def test_from_proposal_to_review(people):
    item, operator = matter(people), people[OPERATOR]
    with pytest.raises(Refused):
        actions.move(item, "approve", operator, {"approval_kind": "sk", "approval_on": clock.today()})
    actions.move(item, "agree", operator)
    with pytest.raises(Refused, match="bentuk"):
        actions.move(item, "approve", operator)
    with pytest.raises(Refused, match="belum tiba"):
        tomorrow = clock.today() + timedelta(days=1)
        actions.move(item, "approve", operator, {"approval_kind": "sk", "approval_on": tomorrow})
    given = {"approval_kind": "sk", "approval_on": clock.today(), "approval_number": "188/12"}
    actions.move(item, "approve", operator, given, io.BytesIO(b"%PDF-1.7 sk"))
    assert storage.read(item.approval_key) == b"%PDF-1.7 sk"
    actions.move(item, "start", operator)
    actions.move(item, "review", operator, {"note": "Keluhan turun."})
    assert item.stage is AgendaStage.REVIEWED
    assert not list(events.broken_links())


def test_dropping_needs_a_reason_and_can_be_taken_back(people):
    item = matter(people)
    with pytest.raises(Refused, match="alasan"):
        actions.move(item, "drop", people[OPERATOR])
    actions.move(item, "drop", people[OPERATOR], {"note": "Sudah selesai di OPD."})
    actions.move(item, "propose", people[OPERATOR])
    assert item.stage is AgendaStage.PROPOSED


@pytest.mark.parametrize("email", [LEADER, ADMIN])
def test_only_diskominfo_moves(people, email):
    item = matter(people)
    assert policy.moves_for(item, people[email]) == []
    with pytest.raises(Refused):
        actions.move(item, "agree", people[email])


def test_who_reads_the_agenda(people, db_session):
    item = matter(people)
    seen = {email: db_session.scalars(policy.visible_items(people[email])).all() for email in (OPERATOR, LEADER, ADMIN)}
    assert seen == {OPERATOR: [item], LEADER: [item], ADMIN: []}


def test_a_sensitive_ticket_comes_under_its_judul_aman(people):
    row = ticket(people)
    secrecy.mark_sensitive(row, people[OPERATOR], "Perkara di sebuah sekolah")
    item = actions.propose(people[OPERATOR], {"title": "Atap SDN 014 roboh"}, Origin(row))
    assert item.title == "Perkara di sebuah sekolah" and item.sensitive
    assert policy.reads_words(item, people[OPERATOR]) and not policy.reads_words(item, people[LEADER])


def test_a_restricted_ticket_never_comes(people):
    row = ticket(people)
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    with pytest.raises(Refused, match="terbatas"):
        actions.propose(people[HEAD], {}, Origin(row))


def test_what_becomes_sensitive_takes_its_words_off_the_agenda(people):
    row = ticket(people)
    item = actions.propose(people[OPERATOR], {}, Origin(row))
    secrecy.mark_sensitive(row, people[OPERATOR], "Perkara di sebuah sekolah")
    assert item.title == "Perkara di sebuah sekolah" and item.sensitive
    assert events.latest(item.stream)[0].kind == "agenda.hushed"


def test_what_becomes_restricted_is_gone_for_whoever_is_not_named(people, db_session):
    row = ticket(people)
    item = matter(people, row)
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    seen = {email: db_session.scalars(policy.visible_items(people[email])).all() for email in (HEAD, OPERATOR, LEADER)}
    assert seen == {HEAD: [item], OPERATOR: [], LEADER: []}


def test_an_isu_by_the_title_of_a_secret_tells_its_number(people, db_session):
    row = ticket(people)
    behind = db_session.scalars(select(AgendaSource)).all()
    assert behind == []
    news = db_session.scalars(secrecy._behind(row)).all()
    isu = put_together([*news, alert("Air keruh")], people[OPERATOR], news[0].title)
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    item = actions.propose(people[HEAD], {}, Origin(isu_id=isu.id, title=news[0].title))
    assert item.title == f"Isu nomor {isu.id}" and item.sensitive


def test_an_isu_whose_news_becomes_secret_loses_that_title(people, db_session):
    row = ticket(people)
    news = db_session.scalars(secrecy._behind(row)).all()
    isu = put_together([*news, alert("Air keruh")], people[OPERATOR], news[0].title)
    item = actions.propose(people[OPERATOR], {}, Origin(isu_id=isu.id, title=isu.title))
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    assert news[0].title not in db_session.scalars(select(AgendaItem.title)).all()
    assert item.sensitive


def test_an_isu_that_went_into_another_loses_the_title_of_a_secret_too(people, db_session):
    news, other = [alert("Siswi kanari"), alert("Siswi kanari lagi")], [alert("Air keruh"), alert("Air mati")]
    isu, into = put_together(news, people[OPERATOR], news[0].title), put_together(other, people[OPERATOR], "Air keruh")
    item = actions.propose(people[OPERATOR], {}, Origin(isu_id=isu.id, title=isu.title))
    merge_isu(isu, into, people[OPERATOR])
    mark_sensitive([news[0]], people[OPERATOR])
    assert (item.title, item.sensitive) == (news[0].safe_title, True) and "kanari" not in item.title
