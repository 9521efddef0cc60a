"""The blocks of a ticket as design.md §7 promises them: 200, 422, 409, 404, nonce, acting, and without HTMX."""

import pytest

from app.core.events import Event
from app.extensions import db
from app.tickets import actions
from app.tickets.models import Evidence, Ticket
from app.tickets.rules import State
from tests.harness import client as browsing
from tests.tickets import desk

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
DUE = "2099-01-05T10:00"
GOOD = {
    "status": ("in_progress", desk.OPERATOR, {"move": "hold", "reason": "Menunggu bahan.", "until": DUE}),
    "opd": ("in_progress", desk.OPERATOR, {"opd": "DPU", "reason": "Jalan kabupaten."}),
    "penugasan": ("in_progress", desk.ADMIN, {}),
    "tingkat": ("in_progress", desk.OPERATOR, {"level": "segera"}),
    "tenggat": ("in_progress", desk.OPERATOR, {"due_at": DUE, "reason": "Bahan dari luar pulau."}),
    "catatan": ("in_progress", desk.ADMIN, {"text": "Bahan sudah tiba.", "audience": "shared"}),
    "berkas": ("in_progress", desk.ADMIN, {}),
}
BAD = {
    "status": ({"move": "hold", "reason": "Menunggu bahan."}, "until", "Pilih tanggal kapan dilanjutkan."),
    "opd": ({"opd": "PLN", "reason": "Listrik."}, "opd", "Instansi luar tidak punya akun"),
    "penugasan": ({"seat": "999"}, "seat", "Pilih orang dari daftar"),
    "tingkat": ({"level": "darurat"}, "level", "Pilih tingkat dari daftar."),
    "tenggat": ({"due_at": "2001-01-01T10:00", "reason": "Lupa."}, "due_at", "belum lewat"),
    "catatan": ({"text": " ", "audience": "shared"}, "text", "Tulis catatannya dulu."),
    "berkas": ({}, "file", "Pilih berkasnya dulu."),
}
EVENTS = {
    "status": "ticket.hold", "opd": "ticket.reroute", "penugasan": "ticket.assign", "tingkat": "ticket.level",
    "tenggat": "ticket.due", "catatan": "ticket.note", "berkas": "ticket.file",
}  # fmt: skip


class Desk:
    """One form of one ticket in the hands of whoever may fill it in."""

    def __init__(self, block, people, login):
        state, who, self.values = GOOD[block]
        self.ticket = desk.ticket_in(State(state), people)
        self.address, self.block, self.seat = f"/tiket/{self.ticket.id}/{block}", block, people[who]
        self.browser, self.people = login(who), people
        page = browsing.parse(self.browser.get(f"/tiket/{self.ticket.id}").text)
        self.form = page.css_first(f'form[action="{self.address}"]')
        self.hidden = {
            k: v for k, v in browsing.fields_of(self.form).items() if k in ("csrf_token", "acting", "version", "nonce")
        }

    def good(self) -> dict:
        if self.block == "penugasan":
            return {"seat": str(self.people[desk.NARAHUBUNG].id)}
        if self.block == "berkas":
            return {"file": (desk.picture(), "foto.png")}
        return dict(self.values)

    def post(self, values, headers=None, **hidden):
        data = self.hidden | hidden | values
        return self.browser.post(self.address, data=data, headers=headers, content_type="multipart/form-data")

    @property
    def kinds(self) -> list[str]:
        db.session.expire_all()
        events = db.select(Event.kind).where(Event.stream == self.ticket.stream).order_by(Event.seq)
        return list(db.session.scalars(events))

    def meanwhile(self) -> None:
        """Somebody else is faster."""
        actions.set_level(self.ticket, self.people[desk.HEAD], "sangat_segera")
        db.session.commit()


@pytest.fixture(params=GOOD)
def at(request, people, login):
    return Desk(request.param, people, login)


def assert_fragment(answer, ticket, block):
    tree = browsing.parse(answer.text)
    assert tree.css_first(f"#ticket-{ticket.id}-{block}"), answer.text[:300]
    assert not tree.css("h1")
    return tree


def test_a_good_form_acts_and_gives_its_fragment_back(at):
    answer = at.post(at.good(), HTMX)
    assert answer.status_code == 200
    tree = assert_fragment(answer, at.ticket, at.block)
    assert at.kinds[-1] == EVENTS[at.block]
    if at.block == "status":
        assert tree.css_first(f"#ticket-{at.ticket.id}-status [data-state]").attributes["data-state"] == "on_hold"
        assert "Ditunda, oleh Anda" in tree.css_first("[data-announce]").attributes["data-announce"]


def test_without_htmx_it_leads_back_to_the_page(at):
    answer = at.post(at.good())
    assert answer.status_code == 303
    assert answer.location == f"/tiket/{at.ticket.id}#ticket-{at.ticket.id}-{at.block}"
    browsing.read(at.browser.get(answer.location).text)
    assert at.kinds[-1] == EVENTS[at.block]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_bad_form_says_what_to_do_beside_the_field(at, headers):
    values, field, words = BAD[at.block]
    before = at.kinds
    answer = at.post(values, headers)
    assert answer.status_code == 422
    tree = assert_fragment(answer, at.ticket, at.block) if headers else browsing.read(answer.text)
    error = next(node for node in tree.css(".error") if words in node.text())
    assert error.attributes["id"] == f"{'audience' if field == 'audience' else at.block + '-' + field}-error"
    for name, value in values.items():
        if name not in ("move", "level", "seat", "opd", "audience"):
            assert value.strip() in tree.css_first(f"#{at.block}-{name}").html
    assert at.kinds == before


def test_a_refused_form_can_be_mended_with_the_same_nonce(at):
    values, _field, _words = BAD[at.block]
    assert at.post(values, HTMX).status_code == 422
    assert at.post(at.good(), HTMX).status_code == 200
    assert at.kinds[-1] == EVENTS[at.block]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_stale_form_shows_both_versions_and_keeps_the_words(at, headers):
    at.meanwhile()
    answer = at.post(at.good(), headers)
    assert answer.status_code == 409
    tree = assert_fragment(answer, at.ticket, at.block) if headers else browsing.read(answer.text)
    conflict = tree.css_first(".conflict").text()
    assert "Hendra Kepala, Diskominfo lebih dulu menyimpan" in conflict and "Milik Anda" in conflict
    assert EVENTS[at.block] not in at.kinds or at.block == "tingkat"
    for name in ("reason", "text"):
        if name in at.values:
            assert tree.css_first(f"#{at.block}-{name}").text() == at.values[name]


def test_pakai_milik_saya_sends_it_with_the_new_version(at):
    at.meanwhile()
    form = browsing.parse(at.post(at.good(), HTMX).text).css_first(f'form[action="{at.address}"]')
    at.hidden = {k: v for k, v in browsing.fields_of(form).items() if k in at.hidden}
    assert at.post(at.good(), HTMX).status_code == 200
    assert at.kinds[-1] == EVENTS[at.block]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_sent_twice_it_acts_once(at, headers):
    first, second = at.post(at.good(), headers), at.post(at.good(), headers)
    assert first.status_code == second.status_code == (200 if headers else 303)
    assert at.kinds.count(EVENTS[at.block]) == 1


def test_a_form_made_in_another_seat_is_not_taken(at):
    before = at.kinds
    assert at.post(at.good(), HTMX, acting="999").status_code == 409
    assert at.kinds == before


def test_without_a_token_it_is_not_taken(at):
    before = at.kinds
    assert at.post(at.good(), HTMX, csrf_token="x").status_code in (400, 401, 403)
    assert at.kinds == before


def test_a_stranger_gets_what_does_not_exist(at, login):
    browser = login(desk.OTHER_ADMIN)
    token = browsing.parse(browser.get("/tiket").text).css_first('[name="csrf_token"]').attributes["value"]
    theirs = browser.post(at.address, data={"csrf_token": token} | at.good(), content_type="multipart/form-data")
    nothing = browser.post(f"/tiket/99999/{at.block}", data={"csrf_token": token})
    assert theirs.status_code == nothing.status_code == 404
    assert browser.get(at.address).status_code == 404
    assert browser.get(at.address, headers=HTMX).status_code == 404


def test_a_leader_may_look_and_not_touch(at, login):
    before, browser = at.kinds, login(desk.LEADER)
    token = browsing.parse(browser.get("/tiket").text).css_first('[name="csrf_token"]').attributes["value"]
    answer = browser.post(at.address, data={"csrf_token": token} | at.good(), content_type="multipart/form-data")
    assert answer.status_code == 422
    assert at.kinds == before


def test_get_shows_the_fragment_to_htmx_and_leads_others_to_the_page(at):
    answer = at.browser.get(at.address, headers=HTMX)
    assert answer.status_code == 200
    assert_fragment(answer, at.ticket, at.block)
    plain = at.browser.get(at.address)
    assert (plain.status_code, plain.location) == (303, f"/tiket/{at.ticket.id}#ticket-{at.ticket.id}-{at.block}")
    restored = at.browser.get(at.address, headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert restored.status_code == 303
    assert "HX-Request-Type" in answer.headers["Vary"]


def test_a_poll_is_told_that_nothing_changed(people, login):
    at = Desk("status", people, login)
    first = at.browser.get(at.address, headers=HTMX)
    tag = first.headers["HX-PTag"]
    assert f'hx-ptag="{tag}"' in first.text
    assert f'hx-ptag="{tag}"' in at.browser.get(f"/tiket/{at.ticket.id}").text
    again = at.browser.get(at.address, headers=HTMX | {"HX-PTag": tag})
    assert (again.status_code, again.data) == (304, b"")
    actions.note(at.ticket, people[desk.ADMIN], "Kabar.", "internal")
    assert at.browser.get(at.address, headers=HTMX | {"HX-PTag": tag}).status_code == 304, "not ours to read"
    at.meanwhile()
    news = at.browser.get(at.address, headers=HTMX | {"HX-PTag": tag})
    assert news.status_code == 200 and "oleh Hendra Kepala" in news.text


def test_an_inline_update_is_one_transaction_of_few_statements_and_a_small_answer(people, login, statements):
    at = Desk("status", people, login)
    import gzip

    values = at.good()
    with statements() as seen:
        answer = at.post(values, HTMX)
    assert answer.status_code == 200
    assert len(seen) <= 12, "\n".join(seen)
    assert len(gzip.compress(answer.data, 4)) <= 2048


@pytest.mark.parametrize(
    "state, who, values",
    [
        (State.IN_PROGRESS, desk.ADMIN, {"move": "submit", "answer": desk.ANSWER}),
        (State.UNDER_REVIEW, desk.OPERATOR, {"move": "rework", "note": "Sebut tanggalnya."}),
        (State.AWAITING_APPROVAL, desk.NARAHUBUNG, {"move": "send_back", "note": "Sebut tanggalnya."}),
    ],
)
def test_a_letter_row_fits_into_the_same_price(state, who, values, people, login, statements):
    """Beside the change and the event: an answer's row and a letter to each reader."""
    browser, page = login(who), f"/tiket/{desk.ticket_in(state, people).id}"
    form = browsing.parse(browser.get(page).text).css_first("#ubah-status")
    with statements() as seen:
        answer = browser.post(f"{page}/status", data=browsing.fields_of(form) | values, headers=HTMX)
    assert answer.status_code == 200
    assert len(seen) <= 12, "\n".join(seen)


def test_what_became_old_elsewhere_comes_as_parts(people, login):
    at = Desk("tingkat", people, login)
    fragment = browsing.parse(at.post(at.good(), HTMX).text)
    loader = fragment.css_first("[hx-trigger=load]").attributes["hx-get"]
    parts = browsing.parse(at.browser.get(loader, headers=HTMX).text)
    targets = {node.attributes["hx-target"] for node in parts.css("hx-partial")}
    assert {f"#ticket-{at.ticket.id}-status", f"#ticket-{at.ticket.id}-catatan [name=version]"} <= targets
    assert f"#ticket-{at.ticket.id}-tingkat" not in targets
    versions = {node.attributes["value"] for node in parts.css("[name=version]")}
    db.session.expire_all()
    assert versions == {str(db.session.get(Ticket, at.ticket.id).version)}


def test_a_recorded_approval_needs_its_proof(people, login):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    browser, address = login(desk.ADMIN), f"/tiket/{ticket.id}/status"
    hidden = browsing.fields_of(browsing.parse(browser.get(f"/tiket/{ticket.id}").text).css_first("#ubah-status"))
    said = hidden | {"move": "approve", "approver": "Kepala Disdikbud", "basis": "WhatsApp 24 Nov 10.12"}
    refused = browser.post(address, data=said, headers=HTMX)
    assert refused.status_code == 422 and "Lampirkan bukti persetujuan" in refused.text
    shot = {"file": (desk.picture(), "wa.png")}
    assert browser.post(address, data=said | shot, headers=HTMX, content_type="multipart/form-data").status_code == 200
    db.session.expire_all()
    assert db.session.get(Ticket, ticket.id).state is State.UNDER_REVIEW
    assert db.session.scalar(db.select(Evidence)).name == "wa.jpg"


def test_a_proof_that_is_refused_leaves_nothing(people, login):
    at = Desk("berkas", people, login)
    answer = at.post({"file": (__import__("io").BytesIO(b"MZ program"), "virus.exe")}, HTMX)
    assert answer.status_code == 422 and "Jenis berkas ini tidak bisa diterima" in answer.text
    assert db.session.scalar(db.select(Evidence)) is None


def test_an_operators_krisis_is_a_proposal_that_the_head_confirms(people, login):
    at = Desk("tingkat", people, login)
    assert "Krisis diusulkan" in at.post({"level": "krisis"}, HTMX).text
    head = login(desk.HEAD)
    form = browsing.parse(head.get(f"/tiket/{at.ticket.id}").text).css_first("#ubah-tingkat")
    assert "Operator mengusulkan Krisis" in form.text()
    head.post(at.address, data=browsing.fields_of(form) | {"level": "krisis"}, headers=HTMX)
    db.session.expire_all()
    ticket = db.session.get(Ticket, at.ticket.id)
    assert (ticket.level, ticket.crisis_proposed) == ("krisis", False)


def test_a_ruling_names_its_basis(people, login):
    ticket = desk.ticket_in(State.CONTESTED, people)
    browser, address = login(desk.OPERATOR), f"/tiket/{ticket.id}/opd"
    hidden = browsing.fields_of(browsing.parse(browser.get(f"/tiket/{ticket.id}").text).css_first("#ubah-opd"))
    refused = browser.post(address, data=hidden | {"opd": "DPU", "reason": ""}, headers=HTMX)
    assert refused.status_code == 422 and "Sebut dasar penetapan" in refused.text
    ruled = hidden | {"opd": "DPU", "reason": "Asisten II, rapat 24 November."}
    assert browser.post(address, data=ruled, headers=HTMX).status_code == 200
    event = db.session.scalar(db.select(Event).where(Event.kind == "ticket.forward").order_by(Event.id.desc()))
    assert event.after["basis"] == "Asisten II, rapat 24 November."
