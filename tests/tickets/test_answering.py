"""Answers on their way: kinds, the head's approval, edited words, publication, truth."""

import re

import pytest

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.people.models import Opd, Seat
from app.people.rules import HeadApproves
from app.tickets import actions, policy
from app.tickets.actions import Refused
from app.tickets.models import Answer, HeadApproval, Publication, Ticket
from app.tickets.rules import ResponseKind, State, Truth
from tests.harness import client as browsing
from tests.tickets import desk

CLARIFIES = "Yang beredar: foto lama. Yang benar: foto itu dari kota lain. Dasar: keterangan Polres."
OWN = {"response": "clarification", "answer": CLARIFIES}
BY_LINK = OWN | {"ask_head": "1"}
OUT = {"channel": "Laman Pemkab", "spokesperson": "Pak Fahrul", "url": "https://kukarkab.example/1"}


@pytest.fixture
def headed(people):
    """Disdikbud has a head with an address."""
    opd = people[desk.ADMIN].opd
    opd.head_name, opd.head_position, opd.head_email = "Dr. Salmiah", "Kepala Dinas", "kepala@disdikbud.demo"
    db.session.commit()
    return people


def again(ticket):
    db.session.expire_all()
    return db.session.get(Ticket, ticket.id)


def refused(act, *args, **kwargs) -> dict:
    with pytest.raises(Refused) as told:
        act(*args, **kwargs)
    db.session.rollback()
    return told.value.errors


# ── kinds and first statements ─────────────────────────────────────────


def test_only_an_answer_still_works_and_its_kind_is_the_likely_one(people):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN), ("submit", desk.ADMIN, {"answer": desk.ANSWER}))
    assert policy.pending_answer(ticket).response is ResponseKind.REPAIR


def test_a_full_answer_that_promises_is_refused_and_a_first_statement_only_warned(people, login):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    values = {"answer": "Akan ditindaklanjuti."}
    assert "Sebut tindakan" in refused(actions.move, ticket, "submit", people[desk.ADMIN], values)["answer"]
    first = values | {"move": "submit", "answer_kind": "first_statement"}
    browser = login(desk.ADMIN)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    form = browsing.fields_of(page.css_first("#ubah-status"))
    told = browser.post(f"/tiket/{ticket.id}/status", data=form | first, headers=PARTIAL)
    assert told.status_code == 200 and "Sebut tindakan" in told.text
    assert again(ticket).state is State.AWAITING_APPROVAL


def test_a_chosen_kind_asks_for_its_parts(people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    values = {"answer": "Berita itu tidak benar.", "response": "clarification"}
    assert "«Dasar: …»" in refused(actions.move, ticket, "submit", people[desk.ADMIN], values)["answer"]


def test_first_statement_and_full_answer_are_two_steps(people, visit_as):
    ticket = desk.ticket(
        people,
        ("take_on", desk.ADMIN),
        ("answer", desk.NARAHUBUNG, {"answer": "Tim menuju lokasi.", "answer_kind": "first_statement"}),
    )
    stated = ticket.first_stated_at
    assert stated
    text = visit_as(desk.OPERATOR)(f"/tiket/{ticket.id}").css_first(f"#ticket-{ticket.id}-jawaban .pairs").text()
    assert f"disampaikan {clock.short(stated)}" in text and "belum" in text
    actions.move(ticket, "proceed", people[desk.OPERATOR])
    actions.move(ticket, "answer", people[desk.NARAHUBUNG], {"answer": desk.ANSWER})
    assert ticket.first_stated_at == stated


# ── the head ───────────────────────────────────────────────────────────


def asked(people, who=desk.ADMIN) -> tuple[Ticket, HeadApproval, str]:
    move = "submit" if who == desk.ADMIN else "answer"
    ticket = desk.ticket(people, ("take_on", desk.ADMIN), (move, who, BY_LINK))
    request = db.session.scalars(db.select(HeadApproval)).one()
    address = f"/t/{actions.mint_head_link(request.id)}"
    db.session.commit()
    return ticket, request, address


def press(client, address: str, choice: str, words: str = ""):
    """The two presses of a kepala OPD: the choice, then «ya»."""
    page = browsing.read(client.get(address).text)
    form = next(each for each in page.css("form") if each.css_first(f"[value={choice}]"))
    summary = client.post(f"{address}/kepala", data=browsing.fields_of(form) | {"words": words})
    assert summary.status_code == 200
    return browsing.submit(client, browsing.read(summary.text), "form")


def test_a_clarification_waits_for_the_head(headed):
    ticket = desk.ticket(headed, ("take_on", desk.ADMIN), ("submit", desk.ADMIN, OWN))
    seat = headed[desk.NARAHUBUNG]
    assert set(refused(actions.move, ticket, "approve", seat)) == {"approver", "basis"}
    ticket = again(ticket)
    actions.move(ticket, "approve", seat, {"approver": "Dr. Salmiah", "basis": "WhatsApp, Selasa 09.10"})
    answer = db.session.scalars(db.select(Answer)).one()
    assert (answer.approved_by, answer.approval_basis) == ("Dr. Salmiah", "WhatsApp, Selasa 09.10")


@pytest.mark.parametrize(
    ("rule", "values", "waits"), [("never", OWN, False), ("always", {"answer": desk.ANSWER}, True)]
)
def test_the_office_decides_what_its_head_approves(headed, rule, values, waits):
    headed[desk.ADMIN].opd.head_approval = HeadApproves(rule)
    ticket = desk.ticket(headed, ("take_on", desk.ADMIN), ("submit", desk.ADMIN, values))
    move = next(move for move in policy.moves_for(ticket, headed[desk.NARAHUBUNG]) if move.name == "approve")
    assert ("approver" in policy.needs_of(move, ticket, headed[desk.NARAHUBUNG])) is waits


def test_the_head_approves_by_link_and_the_admin_s_draft_then_needs_only_the_narahubung(headed, client):
    ticket, request, address = asked(headed)
    assert "Yang beredar" in client.get(address).text and again(ticket).state is State.AWAITING_APPROVAL
    assert "Terima kasih" in press(client, address, "setuju").text
    ticket = again(ticket)
    assert ticket.state is State.AWAITING_APPROVAL
    actions.move(ticket, "approve", headed[desk.NARAHUBUNG])
    assert "Dr. Salmiah lewat tautan" in db.session.scalars(db.select(Answer)).one().approval_basis
    assert client.get(address).status_code == 404


def test_asked_by_the_narahubung_the_head_s_word_sends_it_on(headed, client):
    ticket, _request, address = asked(headed, desk.NARAHUBUNG)
    assert ticket.state is State.AWAITING_APPROVAL
    press(client, address, "setuju")
    assert again(ticket).state is State.UNDER_REVIEW
    told = db.session.scalars(db.select(Event).where(Event.kind == "ticket.head_approved")).one()
    assert told.actor.startswith("Dr. Salmiah") and told.audience == "internal" and told.opd_id == ticket.lead_opd_id


def test_the_head_sends_it_back_with_words(headed, client):
    ticket, _request, address = asked(headed)
    nothing = client.post(f"{address}/kepala", data={"pilihan": "kembalikan", "nonce": "n"})
    assert nothing.status_code == 422
    press(client, address, "kembalikan", "Sebut nomor berita acaranya.")
    ticket = again(ticket)
    assert ticket.state is State.NEEDS_WORK and policy.pending_answer(ticket) is None
    assert client.get(address).status_code == 404


def test_the_link_ends_when_the_matter_moves_on_and_acts_once(headed, client):
    ticket, request, address = asked(headed)
    sure = {"pilihan": "setuju", "yakin": "1", "nonce": "n"}
    actions.move(ticket, "send_back", headed[desk.ADMIN], {"note": "Kurang."})
    db.session.commit()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/kepala", data=sure).status_code == 404
    assert again(ticket) and not db.session.get(HeadApproval, request.id).decision


def test_an_expired_link_and_a_second_request(headed, client):
    ticket, request, address = asked(headed)
    actions.ask_head(ticket, headed[desk.ADMIN])
    db.session.commit()
    assert client.get(address).status_code == 404
    newest = db.session.scalars(db.select(HeadApproval).order_by(HeadApproval.id.desc())).first()
    address = f"/t/{actions.mint_head_link(newest.id)}"
    newest.expires_at = clock.now()
    db.session.commit()
    assert client.get(address).status_code == 404


def test_whoever_heads_the_opd_no_more_decides_nothing_and_is_written_to_no_more(headed, client, work_off):
    from app.notify.models import Letter
    from app.notify.rules import Kind

    ticket, request, address = asked(headed)
    opd = headed[desk.ADMIN].opd
    opd.head_name, opd.head_email = "Ir. Pengganti", "baru@disdikbud.demo"
    db.session.commit()
    assert client.get(address).status_code == 404
    work_off()
    db.session.expire_all()
    assert db.session.scalars(db.select(Letter.state).where(Letter.kind == Kind.HEAD)).all() == ["dropped"]
    actions.ask_head(again(ticket), headed[desk.ADMIN])
    assert db.session.scalars(db.select(HeadApproval.email).where(HeadApproval.ended_at.is_(None))).all() == [
        "baru@disdikbud.demo"
    ]


def test_the_head_s_letter_stays_when_the_matter_becomes_restricted_before_it_is_sent(headed, work_off):
    """Its title would leave by mail, to somebody who is not named."""
    from app.notify.models import Letter
    from app.notify.rules import Kind

    ticket, _request, _address = asked(headed)
    operator = headed[desk.OPERATOR]
    actions.set_secrecy(ticket, operator, named=[operator.person_id])
    db.session.commit()
    work_off()
    db.session.expire_all()
    assert db.session.scalars(db.select(Letter.state).where(Letter.kind == Kind.HEAD)).all() == ["dropped"]


def test_what_a_mail_server_says_of_a_head_s_address_does_not_tell_it(headed, work_off, visit_as, monkeypatch):
    from app.notify import jobs, mail
    from app.notify.models import Letter
    from app.notify.rules import Kind

    def refused_by_server(*_letter):
        raise mail.Refused("Server penerima menolak alamat ini (550 5.1.1 <Kepala@disdikbud.demo> unknown).")

    asked(headed)
    monkeypatch.setattr(jobs, "_send", refused_by_server)
    work_off()
    letter = db.session.scalars(db.select(Letter.id).where(Letter.kind == Kind.HEAD)).one()
    listed = visit_as(desk.OPERATOR)("/surat-keluar").css_first(f"#letter-{letter}").text()
    assert "5.1.1 <alamat kepala OPD>" in listed and "kepala@disdikbud.demo" not in listed.lower()


def test_words_the_head_did_not_see_need_the_head_again(headed, client):
    ticket, _request, address = asked(headed)
    press(client, address, "setuju")
    other = {"answer": f"{CLARIFIES} Dan lagi."}
    assert (
        "kalimat yang lama" in refused(actions.move, again(ticket), "approve", headed[desk.NARAHUBUNG], other)["answer"]
    )


def test_what_is_sensitive_is_never_shown_by_link(headed):
    ticket = desk.ticket(headed, ("take_on", desk.ADMIN), ("submit", desk.ADMIN, OWN))
    actions.set_secrecy(ticket, headed[desk.OPERATOR], safe_title="Perkara anak")
    assert "ask_head" in refused(actions.ask_head, ticket, headed[desk.ADMIN])


def test_the_letter_goes_to_the_head_and_speaks_of_no_date(headed, work_off, visit_as):
    from app.notify import notices, queries
    from app.notify.models import Letter
    from app.notify.rules import Kind

    ticket, request, _address = asked(headed)
    letter = db.session.scalars(db.select(Letter).where(Letter.kind == Kind.HEAD)).one()
    assert queries.receiver(letter) == ("Dr. Salmiah", "kepala@disdikbud.demo")
    words = notices.about_head(letter, request, "https://x/t/y")
    told = " ".join((words.subject, words.opening, *words.paragraphs, words.title))
    assert "persetujuan" in told and not re.search("tenggat|lewat|sebelum|terlambat", told, re.IGNORECASE)
    before = request.digest
    work_off()
    db.session.expire_all()
    sent = db.session.get(Letter, letter.id)
    assert sent.state == "sent" and db.session.get(HeadApproval, request.id).digest != before
    listed = visit_as(desk.OPERATOR)("/surat-keluar").css_first(f"#letter-{letter.id}").text()
    asker = db.session.get(HeadApproval, request.id).asked_by_id
    assert "untuk kepala OPD" in listed and "Salmiah" not in listed and "kepala@disdikbud.demo" not in listed
    assert f"diminta {db.session.get(Seat, asker).person.name}" in listed


# ── edited words ───────────────────────────────────────────────────────

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
SHORTER = "Atap sudah diperbaiki; kelas dipakai lagi Rabu 25 November."


def test_edited_words_stand_beside_the_office_s_own(people, visit_as):
    ticket = desk.ticket_in(State.UNDER_REVIEW, people)
    actions.redact(ticket, people[desk.OPERATOR], SHORTER, "Nama hari dobel.")
    actions.publish(ticket, people[desk.OPERATOR], OUT)
    actions.move(ticket, "resolve", people[desk.OPERATOR], {"outcome": "klarifikasi_terbit"})
    db.session.commit()
    for who in (desk.OPERATOR, desk.ADMIN):
        page = visit_as(who)(f"/tiket/{ticket.id}")
        assert "Senin" in page.css_first(".diff del").text() and "dihapus" in page.css_first(".diff del .vh").text()
    leader = visit_as(desk.LEADER)(f"/tiket/{ticket.id}")
    assert (
        not leader.css(".diff") and "Senin 23 November" not in leader.text() and "kelas dipakai lagi" in leader.text()
    )


def test_a_change_of_substance_goes_back_with_the_proposed_words(people, visit_as):
    ticket = desk.ticket_in(State.UNDER_REVIEW, people)
    operator = people[desk.OPERATOR]
    assert "note" in refused(actions.redact, ticket, operator, SHORTER, "", substance=True)
    ticket = again(ticket)
    actions.redact(ticket, operator, SHORTER, "Tanggalnya keliru.", substance=True)
    db.session.commit()
    assert ticket.state is State.NEEDS_WORK
    page = visit_as(desk.ADMIN)(f"/tiket/{ticket.id}")
    assert page.css_first("#status-answer").text().strip() == SHORTER
    assert "Tanggalnya keliru." in page.text() and "Usulan isi" in page.text()


def test_only_diskominfo_edits_and_only_while_it_reviews(people):
    ticket = desk.ticket_in(State.UNDER_REVIEW, people)
    assert refused(actions.redact, ticket, people[desk.ADMIN], SHORTER, "")
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    assert refused(actions.redact, ticket, people[desk.OPERATOR], SHORTER, "")


def test_two_who_edit_at_once_see_each_other(people, login):
    ticket = desk.ticket_in(State.UNDER_REVIEW, people)
    browser, address = login(desk.OPERATOR), f"/tiket/{ticket.id}"
    form = browsing.fields_of(browsing.read(browser.get(address).text).css_first(f'form[action="{address}/sunting"]'))
    actions.redact(ticket, people[desk.HEAD], "Kalimat lain 1 Desember.", "")
    db.session.commit()
    stale = browser.post(f"{address}/sunting", data=form | {"text": SHORTER}, headers=PARTIAL)
    assert stale.status_code == 409 and "Kalimat lain" in stale.text and SHORTER in stale.text


# ── publication and truth ──────────────────────────────────────────────


@pytest.mark.parametrize("outcome", ["perbaikan_dan_publikasi", "klarifikasi_terbit", "informasi_diberikan"])
def test_a_media_matter_is_not_finished_without_a_publication(people, outcome):
    ticket, operator = desk.ticket_in(State.UNDER_REVIEW, people), people[desk.OPERATOR]
    told = refused(actions.move, ticket, "resolve", operator, {"outcome": outcome})
    assert "publikasinya tercatat" in told["outcome"]
    ticket = again(ticket)
    actions.move(ticket, "resolve", operator, {"outcome": outcome} | OUT)
    assert ticket.state is State.RESOLVED and db.session.scalars(db.select(Publication)).one().channel == OUT["channel"]


def test_other_ways_to_finish(people):
    operator = people[desk.OPERATOR]
    for values in ({"outcome": "perbaikan_lapangan"}, {"outcome": "tidak_dipublikasikan", "note": "Cukup dijawab."}):
        actions.move(desk.ticket_in(State.UNDER_REVIEW, people), "resolve", operator, values)
    way = desk.WAYS[State.UNDER_REVIEW]
    other = desk.ticket(people, *way, ticket_class="aduan")
    actions.move(other, "resolve", operator, {"outcome": "informasi_diberikan"})
    missing = refused(actions.move, desk.ticket_in(State.UNDER_REVIEW, people), "resolve", operator,
                      {"outcome": "klarifikasi_terbit", "channel": "Laman"})  # fmt: skip
    assert "juru bicara" in missing["channel"]


def test_a_withdrawn_publication_counts_no_more(people, login):
    ticket, operator = desk.ticket_in(State.UNDER_REVIEW, people), people[desk.OPERATOR]
    row = actions.publish(ticket, operator, OUT)
    db.session.commit()
    browser, address = login(desk.OPERATOR), f"/tiket/{ticket.id}/publikasi/{row.id}/cabut"
    assert browsing.submit(browser, browsing.read(browser.get(address).text), "main form").status_code == 422
    done = browsing.submit(browser, browsing.read(browser.get(address).text), "main form", reason="Salah alamat.")
    assert done.status_code == 303
    assert refused(actions.move, again(ticket), "resolve", operator, {"outcome": "klarifikasi_terbit"})
    assert login(desk.ADMIN).get(address).status_code == 404


def test_one_spokesperson_is_suggested_and_another_one_warned_about(people, login):
    ticket = desk.ticket_in(State.UNDER_REVIEW, people)
    actions.publish(ticket, people[desk.OPERATOR], OUT)
    db.session.commit()
    browser, address = login(desk.OPERATOR), f"/tiket/{ticket.id}"
    page = browsing.read(browser.get(address).text)
    form = page.css_first(f'form[action="{address}/publikasi"]')
    assert form.css_first("[name=spokesperson]").attributes["value"] == OUT["spokesperson"]
    sent = browsing.fields_of(form) | {"channel": "Instagram", "spokesperson": "Bu Yuni"}
    told = browser.post(f"{address}/publikasi", data=sent, headers=PARTIAL)
    assert told.status_code == 200 and "sebelumnya Pak Fahrul; pastikan satu pintu" in told.text


def test_what_is_true_is_said_with_its_basis(people, visit_as):
    ticket, operator = desk.ticket_in(State.IN_PROGRESS, people), people[desk.OPERATOR]
    assert "basis" in refused(actions.set_truth, ticket, operator, "hoax", "")
    assert refused(actions.set_truth, ticket, people[desk.ADMIN], "hoax", "Kata orang.")
    ticket = again(ticket)
    actions.set_truth(ticket, operator, "hoax", "Keterangan Polres.")
    db.session.commit()
    for who in (desk.OPERATOR, desk.ADMIN, desk.LEADER):
        page = visit_as(who)(f"/tiket/{ticket.id}")
        assert page.css_first(f"#ticket-{ticket.id}-kebenaran .truth").attributes["data-truth"] == Truth.HOAX
        assert "Keterangan Polres." in page.css_first(".story").text()


def test_the_head_of_an_office_is_kept_by_its_admin_and_by_system_admins(people, login):
    for who, address in ((desk.ADMIN, "/orang/kepala"), (desk.HEAD, "/pengaturan/opd/DISDIKBUD/kepala")):
        browser = login(who)
        page = browsing.read(browser.get(address).text)
        saved = browsing.submit(browser, page, "main form", head_name=f"Dr. {who[:5]}", head_email="k@disdikbud.demo")
        assert saved.status_code == 303
        db.session.expire_all()
        opd = db.session.scalars(db.select(Opd).where(Opd.code == "DISDIKBUD")).one()
        assert opd.head_name == f"Dr. {who[:5]}"
    assert login(desk.NARAHUBUNG).get("/orang/kepala").status_code == 404
    assert login(desk.OPERATOR).get("/pengaturan/opd/DISDIKBUD/kepala").status_code == 404
