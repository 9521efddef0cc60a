"""Letters from draft to the signed file in the register, and what each seat gets on paper."""

import hashlib
import io

import pytest
from sqlalchemy import select

from app.core import clock, events
from app.core.events import Event
from app.papers import actions, policy, shaping, sheets
from app.papers.models import Paper
from app.papers.rules import PaperKind, Stage
from app.tickets import actions as tickets
from app.tickets.rules import State
from tests.harness.client import parse
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR, OTHER_ADMIN, picture, ticket, ticket_in

SIGNED = b"%PDF-1.7 ditandatangani"


def fields(html: str, action: str) -> dict:
    """What a browser would send of the form that goes there."""
    form = next(form for form in parse(html).css("form") if (form.attributes["action"] or "").startswith(action))
    sent = {}
    for field in form.css("input, textarea, select"):
        name, kind = field.attributes.get("name"), field.attributes.get("type")
        if not name or (kind in ("checkbox", "radio") and "checked" not in field.attributes):
            continue
        chosen = field.css_first("option[selected]") or field.css_first("option")
        value = field.text() if field.tag == "textarea" else field.attributes.get("value") or ""
        sent[name] = chosen.attributes["value"] if field.tag == "select" and chosen else value
    return sent


def send(browser, page: str, action: str, **values):
    sent = fields(browser.get(page).text, action) | values
    return browser.post(action, data=sent, content_type="multipart/form-data")


def write(login, row, who=OPERATOR, kind=PaperKind.REQUEST, **values):
    browser = login(who)
    page = f"/surat/baru?jenis={kind.value}&tiket={row.id}"
    sent = fields(browser.get(page).text, "/surat/baru") | values
    answer = browser.post(page, data=sent)
    assert answer.status_code == 303, answer.text
    return browser, answer.headers["Location"]


def finished(browser, where, **values):
    if f"{where}/ajukan" in browser.get(where).text:
        send(browser, where, f"{where}/ajukan")
    usual = {"number": "480/17/Diskominfo", "dated": clock.today().isoformat(), "do": "final"}
    signed = {"file": (io.BytesIO(SIGNED), "Surat Dinas.pdf")}
    return send(browser, where, f"{where}/nomor", **usual | signed | values)


def test_a_letter_goes_from_draft_to_the_register(people, login, db_session):
    row = ticket(people)
    browser, where = write(login, row)
    for shape in ("pdf", "docx"):
        copy = browser.get(f"{where}/naskah.{shape}")
        assert copy.status_code == 200 and "surat-permintaan-" in copy.headers["Content-Disposition"]
    assert finished(browser, where).status_code == 303
    paper = db_session.scalars(select(Paper)).one()
    assert (paper.stage, paper.number, paper.key) == (
        Stage.FINAL,
        "480/17/Diskominfo",
        hashlib.sha256(SIGNED).hexdigest(),
    )
    assert browser.get(f"{where}/final.pdf").data == SIGNED
    assert browser.get(f"{where}/naskah.pdf").status_code == 404
    assert "480/17/Diskominfo" in browser.get("/surat").text
    kept = db_session.scalars(select(Event).where(Event.kind == "ticket.letter_number")).one()
    assert (kept.stream, kept.after["number"]) == (row.stream, "480/17/Diskominfo")
    assert "nomor 480/17/Diskominfo" in browser.get(f"/tiket/{row.id}").text
    assert not list(events.broken_links())


def test_final_needs_number_date_and_a_pdf_and_keeps_what_was_typed(people, login, db_session):
    browser, where = write(login, ticket(people))
    for change in ({"number": ""}, {"dated": ""}, {"file": (picture(), "foto.png")}, {"dated": "2199-01-01"}):
        answer = finished(browser, where, **change)
        assert answer.status_code == 422
        if "number" not in change:
            assert "480/17/Diskominfo" in answer.text
    assert db_session.scalars(select(Paper.stage)).one() is Stage.SUBMITTED


def test_a_number_is_used_once(people, login):
    row = ticket(people)
    finished(*write(login, row))
    answer = finished(*write(login, row))
    assert answer.status_code == 422 and "sudah dipakai" in answer.text


def test_one_letter_is_for_one_office(people, login, db_session):
    mine, more, other = ticket(people), ticket(people), ticket(people, opd="DPU")
    browser = login(OPERATOR)
    page = f"/surat/baru?tiket={mine.id}&tiket={more.id}"
    form = fields(browser.get(page).text, "/surat/baru")
    assert browser.post(page, data=form | {"tickets": [str(mine.id), str(more.id)]}).status_code == 303
    both = f"/surat/baru?tiket={mine.id}&tiket={other.id}"
    answer = browser.post(
        both, data=fields(browser.get(both).text, "/surat/baru") | {"tickets": [str(mine.id), str(other.id)]}
    )
    assert answer.status_code == 422 and "satu OPD" in answer.text
    assert len(db_session.scalars(select(Paper)).all()) == 1


def test_a_double_submit_makes_one_letter(people, login, db_session):
    row, browser = ticket(people), login(OPERATOR)
    page = f"/surat/baru?tiket={row.id}"
    sent = fields(browser.get(page).text, "/surat/baru")
    assert [browser.post(page, data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(db_session.scalars(select(Paper)).all()) == 1


def test_a_stale_page_changes_nothing_and_says_who_was_first(people, login, db_session):
    browser, where = write(login, ticket(people))
    old = fields(browser.get(f"{where}/isi").text, f"{where}/isi")
    send(browser, f"{where}/isi", f"{where}/isi", subject="Yang pertama")
    answer = browser.post(f"{where}/isi", data=old | {"subject": "Yang kedua"})
    assert answer.status_code == 409 and "Yang kedua" in answer.text and "Rina Operator" in answer.text
    assert db_session.scalars(select(Paper.subject)).one() == "Yang pertama"


def test_a_draft_may_be_discarded_and_a_final_letter_not_changed(people, login, db_session):
    row = ticket(people)
    browser, where = write(login, row)
    send(browser, where, f"{where}/hapus")
    assert browser.get(where).status_code == 404
    browser, where = write(login, row)
    finished(browser, where)
    assert browser.get(f"{where}/isi").status_code == 404
    assert browser.post(f"{where}/kembalikan", data={}).status_code in (400, 404)


def test_an_office_sees_a_letter_to_it_once_it_is_final(people, login):
    browser, where = write(login, ticket(people))
    assert login(ADMIN).get(where).status_code == 404
    finished(browser, where)
    assert login(ADMIN).get(f"{where}/final.pdf").data == SIGNED
    assert "480/17/Diskominfo" in login(ADMIN).get("/surat").text
    assert login(OTHER_ADMIN).get(where).status_code == 404
    assert "480/17" not in login(OTHER_ADMIN).get("/surat").text
    assert login(LEADER).get("/surat").status_code == 404


def test_a_letter_about_a_secret_is_hidden_with_its_ticket(people, login, db_session):
    row = ticket(people)
    browser, where = write(login, row)
    finished(browser, where)
    tickets.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    db_session.commit()
    assert [login(who).get(where).status_code for who in (HEAD, OPERATOR, ADMIN)] == [200, 404, 404]


def test_what_became_sensitive_stands_on_no_later_copy(people, login, db_session):
    row = ticket(people)
    _browser, where = write(login, row)
    paper = db_session.scalars(select(Paper)).one()
    assert shaping.request_letter(paper, people[OPERATOR]).matters[0].title == "Atap SDN 014 roboh"
    tickets.set_secrecy(row, people[HEAD], safe_title="Perkara sekolah")
    db_session.commit()
    assert shaping.request_letter(paper, people[OPERATOR]).matters[0].title == "Perkara sekolah"
    assert "Atap" not in str(shaping.disposition(row, people[ADMIN]))


def test_the_press_gets_the_approved_answer(people, login, db_session):
    row = ticket_in(State.UNDER_REVIEW, people)
    _browser, where = write(login, row, ADMIN, PaperKind.RIGHT_OF_REPLY)
    paper = db_session.scalars(select(Paper)).one()
    letter = shaping.press_letter(paper, people[ADMIN])
    assert "Atap sudah diperbaiki" in letter.body[0].paragraphs[0]
    assert "Pasal 1 angka 11" in letter.opening[0] and "Kabar Etam" in letter.letter.to
    assert login(OPERATOR).get(where).status_code == 404, "a draft stays in its office"
    assert login(OTHER_ADMIN).get(f"/surat/baru?jenis=hak_jawab&tiket={row.id}").status_code == 404


def test_a_ticket_on_paper_tells_no_internal_note(people, login, db_session):
    row = ticket_in(State.UNDER_REVIEW, people)
    for audience in ("internal", "shared"):
        tickets.note(row, people[ADMIN], f"rahasia-{audience}", audience)
    db_session.commit()
    for who in (OPERATOR, ADMIN, LEADER):
        sheet = sheets.ticket_sheet(row, people[who])
        assert "rahasia-internal" not in str(sheet)
        assert "Atap sudah diperbaiki" in str(sheet.answers)
        answer = login(who).get(f"/tiket/{row.id}/cetak.pdf")
        assert answer.status_code == 200 and f"tiket-{row.number}.pdf" in answer.headers["Content-Disposition"]
    assert login(OTHER_ADMIN).get(f"/tiket/{row.id}/cetak.pdf").status_code == 404


def test_a_former_lead_prints_its_proof_alone(people, db_session):
    row = ticket(people, ("take_on", ADMIN))
    tickets.move(row, "reroute", people[OPERATOR], {"opd": "DPU", "reason": "Bukan gedung kabupaten."})
    tickets.move(row, "take_on", people[OTHER_ADMIN], {"note": "sesudahnya"})
    db_session.commit()
    proof = sheets.ticket_sheet(row, people[ADMIN])
    assert "sesudahnya" not in str(proof) and not proof.due_sum


@pytest.mark.parametrize(("who", "status"), [(ADMIN, 200), (OPERATOR, 404), (LEADER, 404), (OTHER_ADMIN, 404)])
def test_who_prints_a_lembar_disposisi(people, login, who, status):
    row = ticket(people)
    for shape in ("pdf", "docx"):
        assert login(who).get(f"/tiket/{row.id}/disposisi.{shape}").status_code == status


def test_a_lembar_disposisi_bears_the_number_of_the_letter(people, login, db_session):
    row = ticket(people)
    finished(*write(login, row))
    made = shaping.disposition(row, people[ADMIN])
    assert (made.number, made.dated) == ("480/17/Diskominfo", clock.long_day(clock.today()))
    assert made.sender == "Dinas Komunikasi dan Informatika" and made.signature.name.startswith("…")


def test_the_register_asks_the_same_however_long_it_is(people, login, statements, db_session):
    row, browser = ticket(people), login(OPERATOR)

    def cost():
        with statements() as seen:
            assert browser.get("/surat").status_code == 200
        return len(seen)

    actions.draft(PaperKind.REQUEST, [row], people[OPERATOR], "Satu", {})
    db_session.commit()
    first = cost()
    for number in range(20):
        actions.draft(PaperKind.REQUEST, [row], people[OPERATOR], f"Surat {number}", {})
    db_session.commit()
    assert cost() == first <= 12
    assert policy.visible_papers(people[LEADER]) is not None


def test_pages_keep_every_page_s_promises(people, visit_as, login):
    row = ticket_in(State.UNDER_REVIEW, people)
    _browser, where = write(login, row)
    visit = visit_as(OPERATOR)
    for page in (
        "/surat",
        where,
        f"{where}/isi",
        f"/tiket/{row.id}/surat",
        f"/surat/baru?jenis=klarifikasi&tiket={row.id}",
    ):
        visit(page)


def test_from_the_queue_a_letter_lists_what_can_be_asked_of_one_office(people, login):
    mine, more, other, ended = (
        ticket(people),
        ticket(people),
        ticket(people, opd="DPU"),
        ticket_in(State.CLOSED, people),
    )
    browser = login(OPERATOR)
    button = parse(browser.get("/tiket?tampilan=semua").text).css_first("#pilihan button[formaction]")
    assert button.attributes["formaction"] == "/surat/baru"
    page = browser.get("/surat/baru?" + "&".join(f"ids={row.id}" for row in (mine, more, other, ended)))
    chosen = {box.attributes["value"] for box in parse(page.text).css("#tickets input[checked]")}
    assert chosen == {str(mine.id), str(more.id)} and "2 tiket lain tidak ikut" in page.text
    nothing = browser.get(f"/surat/baru?ids={ended.id}")
    assert nothing.status_code == 303 and nothing.location == "/tiket"
    assert "formaction" not in parse(login(ADMIN).get("/tiket?tampilan=semua").text).css_first("#pilihan").html


def test_a_full_disk_is_told_beside_the_file_and_keeps_the_number(people, login, monkeypatch, db_session):
    browser, where = write(login, ticket(people))
    monkeypatch.setattr("app.core.storage.NEEDED_FREE", 1 << 60)
    answer = finished(browser, where)
    assert answer.status_code == 507 and "Ruang penyimpanan server hampir penuh" in answer.text
    assert "480/17/Diskominfo" in answer.text
    assert db_session.scalars(select(Paper.stage)).one() is Stage.SUBMITTED
