"""«Bukan kewenangan kami»: remembered as data, shown with dignity, and proved to whoever refused."""

from datetime import timedelta

import pytest

from app.core import clock
from app.extensions import db
from app.tickets import actions, policy
from app.tickets.models import FormerLead, Ruling
from app.tickets.queries.authority import objections
from app.tickets.rules import State
from tests.tickets import desk

BASIS = "Disposisi Asisten II, 24 November"


def refuse(people, proposed="DPU"):
    return desk.ticket(people, ("object", desk.ADMIN, {"reason": "Gedung milik dinas lain.", "proposed": proposed}))


@pytest.mark.parametrize(
    "proposed, words", [("DPU", "Dinas PU"), ("luar", "instansi luar"), ("tidak_tahu", "tidak tahu")]
)
def test_an_objection_is_remembered_as_data(people, proposed, words):
    [said] = objections(refuse(people, proposed))
    assert (said.opd, said.reason, said.proposed, said.code) == (
        *("Disdikbud", "Gedung milik dinas lain."),
        *(words, proposed),
    )
    assert said.actor.startswith("Dewi Admin")


def test_no_opd_proposes_itself(people):
    ticket = desk.ticket(people)
    with pytest.raises(actions.Refused) as refused:
        actions.move(ticket, "object", people[desk.ADMIN], {"reason": "Bukan kami.", "proposed": "DISDIKBUD"})
    assert "proposed" in refused.value.errors


def test_who_takes_it_on_after_all_has_withdrawn_the_objection(people):
    ticket = refuse(people)
    actions.ask_ruling(ticket, people[desk.OPERATOR], "Asisten II", "Siapa?")
    actions.move(ticket, "take_on", people[desk.NARAHUBUNG])
    assert objections(ticket) == [] and ticket.rule_by is None
    assert db.session.scalars(db.select(Ruling.closed_at)).one()


def test_diskominfo_reads_it_on_the_ticket_with_the_proposal_chosen(people, visit_as):
    ticket = refuse(people)
    page = visit_as(desk.OPERATOR)(f"/tiket/{ticket.id}")
    block = page.css_first(f"#ticket-{ticket.id}-putusan")
    assert "Disdikbud menyampaikan bukan kewenangannya" in " ".join(block.text().split())
    assert "Gedung milik dinas lain." in block.text() and "Dewi Admin" in block.text()
    for field in ("#status-opd", "#opd-opd"):
        assert page.css_first(f"{field} option[selected]").attributes["value"] == "DPU"
        assert page.css(f"{field} option")[1].attributes["value"] == "DPU"
        assert len(page.css(f'{field} option[value="DPU"]')) == 1
    assert "terlambat" not in block.text() and "menolak" not in block.text()


def test_the_opds_do_not_get_diskominfos_block(people, visit_as):
    ticket = refuse(people)
    for who in (desk.ADMIN, desk.LEADER):
        assert visit_as(who)(f"/tiket/{ticket.id}").css_first(f"#ticket-{ticket.id}-putusan") is None


# ── pengampu sementara ─────────────────────────────────────────────────


def test_a_lead_is_provisional_until_it_takes_on_or_a_ruling_names_it(people):
    ticket = desk.ticket(people)
    assert ticket.provisional
    actions.move(ticket, "object", people[desk.ADMIN], {"reason": "Bukan kami.", "proposed": "DPU"})
    assert ticket.provisional
    actions.move(ticket, "forward", people[desk.OPERATOR], {"opd": "DPU", "basis": BASIS})
    assert not ticket.provisional, "the ruling settled it"
    actions.move(ticket, "reroute", people[desk.OPERATOR], {"opd": "DISDIKBUD", "reason": "Ternyata sekolah."})
    assert ticket.provisional, "Diskominfo's word alone"
    actions.move(ticket, "take_on", people[desk.ADMIN])
    assert not ticket.provisional
    actions.move(ticket, "object", people[desk.ADMIN], {"reason": "Ternyata bukan.", "proposed": "luar"})
    assert ticket.provisional


def test_the_word_stands_on_the_page_and_goes_when_settled(people, visit_as):
    ticket = desk.ticket(people)
    lead = f"#ticket-{ticket.id}-opd dt"
    assert visit_as(desk.ADMIN)(f"/tiket/{ticket.id}").css_first(lead).text() == "Pengampu sementara"
    actions.move(ticket, "take_on", people[desk.ADMIN])
    db.session.commit()
    assert visit_as(desk.ADMIN)(f"/tiket/{ticket.id}").css_first(lead).text() == "OPD pengampu"


# ── the read-only proof ────────────────────────────────────────────────


def proof(ticket, seat):
    return db.session.get(FormerLead, (ticket.id, seat.opd_id))


def test_forwarded_elsewhere_the_refusing_opd_keeps_a_proof_that_ends_there(people, visit_as):
    ticket = refuse(people)
    actions.move(ticket, "forward", people[desk.OPERATOR], {"opd": "DPU", "basis": BASIS})
    with clock.pretend(clock.now() + timedelta(minutes=1)):
        actions.note(ticket, people[desk.OTHER_ADMIN], "rahasia pengampu baru", "shared")
    db.session.commit()
    assert proof(ticket, people[desk.ADMIN])
    page = visit_as(desk.ADMIN)(f"/tiket/{ticket.id}")
    assert "Bukti baca" in page.text() and "rahasia pengampu baru" not in page.text()
    assert "menyampaikan bukan kewenangannya" in page.text()
    assert policy.moves_for(ticket, people[desk.ADMIN]) == []


def test_forwarded_back_to_it_it_leads_with_its_own_clock_anew_and_no_proof(people):
    ticket = refuse(people)
    opened, received = ticket.opened_at, ticket.received_at
    with clock.pretend(clock.now() + timedelta(days=1)):
        actions.move(ticket, "forward", people[desk.OPERATOR], {"opd": "DISDIKBUD", "basis": BASIS})
    assert (ticket.opened_at, ticket.state) == (opened, State.FORWARDED)
    assert ticket.received_at > received and proof(ticket, people[desk.ADMIN]) is None


def test_back_and_away_again_the_proof_reaches_to_the_last_day(people):
    ticket = refuse(people)
    operator = people[desk.OPERATOR]
    steps = [("forward", {"opd": "DPU", "basis": BASIS}), ("reroute", {"opd": "DISDIKBUD", "reason": "Kembali."}),
             ("reroute", {"opd": "DPU", "reason": "Jelas sekarang."})]  # fmt: skip
    seen = []
    for day, (name, given) in enumerate(steps, 1):
        with clock.pretend(clock.now() + timedelta(days=day)):
            actions.move(ticket, name, operator, given)
        db.session.expire_all()
        seen.append(proof(ticket, people[desk.ADMIN]).until)
    assert seen[0] == seen[1] < seen[2]


def test_withdrawn_the_opd_leads_on_without_a_proof(people):
    ticket = refuse(people)
    actions.move(ticket, "take_on", people[desk.ADMIN])
    assert proof(ticket, people[desk.ADMIN]) is None and policy.moves_for(ticket, people[desk.ADMIN])
