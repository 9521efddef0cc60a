"""Sorting alerts: tickets in place, merging, ignoring, judul aman; once per nonce, never over a stale screen."""

import pytest

from app.core.events import Event
from app.extensions import db
from app.monitoring.models import Alert
from app.monitoring.rules.kinds import AlertState, Tone
from app.people.models import Opd
from app.tickets import actions
from app.tickets.models import Ticket, TicketAlert
from app.tickets.rules import State
from tests.factories import make_alert, make_source
from tests.harness.client import fields_of, parse, read, submit

OPERATOR, OTHER = "operator@diskominfo.demo", "kepala@diskominfo.demo"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def operator(login):
    return login(OPERATOR)


def form_on(client, alert, name):
    """What the form `name` of the alert's page would send, untouched."""
    page = parse(client.get(f"/pantauan/{alert.id}").text)
    form = page.css_first(f'form[action="/pantauan/{alert.id}/{name}"]')
    return fields_of(form)


def send(client, alert, name, headers=HTMX, **changes):
    return client.post(f"/pantauan/{alert.id}/{name}", data=form_on(client, alert, name) | changes, headers=headers)


def fresh(alert) -> Alert:
    db.session.expire_all()
    return db.session.get(Alert, alert.id)


def kinds(stream) -> list[str]:
    return list(db.session.scalars(db.select(Event.kind).where(Event.stream == stream).order_by(Event.seq)))


# ── Jadikan tiket ──────────────────────────────────────────────────────


def test_promoting_with_an_opd_forwards_in_the_same_breath_and_answers_with_the_row(operator, db_session):
    alert = make_alert("Jalan berlubang")
    answer = send(operator, alert, "tiket", opd="DPU", level="segera", note="Mohon cepat.")
    ticket = db.session.scalar(db.select(Ticket))
    assert answer.status_code == 200 and f'href="/tiket/{ticket.id}"' in answer.text
    assert parse(answer.text).css_first(f"#pantauan-{alert.id}") is not None
    assert ticket.state is State.FORWARDED and ticket.lead.code == "DPU" and ticket.level == "segera"
    assert ticket.title == "Jalan berlubang" and fresh(alert).state is AlertState.TICKETED
    assert kinds(ticket.stream) == ["ticket.open", "ticket.forward"]
    assert kinds(f"alert:{alert.id}") == ["alert.ticket"]


def test_promoting_without_an_opd_keeps_the_note_and_can_be_undone(operator, db_session):
    alert = make_alert("Jalan berlubang")
    answer = send(operator, alert, "tiket", opd="", title="Jalan rusak", note="Cari pengampunya.")
    ticket = db.session.scalar(db.select(Ticket))
    assert ticket.state is State.NEW and ticket.title == "Jalan rusak" and "ticket.note" in kinds(ticket.stream)
    assert f"/pantauan/{alert.id}/urungkan" in answer.text
    undone = send(operator, alert, "urungkan")
    assert undone.status_code == 200 and f'hx-target="#pantauan-{alert.id}"' in undone.text
    assert fresh(alert).state is AlertState.NEW and db.session.get(Ticket, ticket.id).state is State.ARCHIVED


def test_a_forwarded_ticket_is_not_undone_for_its_letter_is_out(operator, db_session):
    alert = make_alert("Jalan berlubang")
    answer = send(operator, alert, "tiket", opd="DPU")
    assert "urungkan" not in answer.text
    refused = send(operator, alert, "urungkan")
    assert refused.status_code == 422 and "suratnya terkirim" in refused.text
    assert fresh(alert).state is AlertState.TICKETED


def test_the_button_of_a_suggestion_counts_more_than_the_empty_select(operator, db_session):
    alert = make_alert("Atap SD ambruk", hints=[{"opd": "DISDIKBUD", "words": ["SD"], "score": 2}])
    data = form_on(operator, alert, "tiket")
    sent = list(data.items()) + [("opd", "DISDIKBUD")]
    answer = operator.post(f"/pantauan/{alert.id}/tiket", data=_multi(sent), headers=HTMX)
    assert answer.status_code == 200 and db.session.scalar(db.select(Ticket)).lead.code == "DISDIKBUD"


def _multi(pairs):
    from werkzeug.datastructures import MultiDict

    return MultiDict(pairs)


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"opd": "TIDAKADA"}, "Pilih salah satu dari daftar."),
        ({"opd": "PLN"}, "Pilih salah satu dari daftar."),
        ({"level": "gawat"}, "Pilih salah satu dari daftar."),
        ({"ticket_class": "x"}, "Pilih salah satu dari daftar."),
        ({"note": "a" * 10_001}, "Terlalu panjang"),
    ],
)
def test_a_refused_value_comes_back_with_what_was_typed(operator, db_session, wrong, sentence):
    alert = make_alert("Jalan berlubang")
    answer = send(operator, alert, "tiket", **({"title": "Judul ketikan saya"} | wrong))
    assert answer.status_code == 422 and sentence in answer.text and "Judul ketikan saya" in answer.text
    assert answer.headers["HX-Retarget"] == f"#tiket-{alert.id}"
    assert parse(answer.text).css_first(f"form#tiket-{alert.id}") is not None
    assert fresh(alert).state is AlertState.NEW and db.session.scalar(db.select(Ticket)) is None


def test_a_refused_value_without_script_is_a_whole_page(operator, db_session):
    alert = make_alert("Jalan berlubang")
    answer = send(operator, alert, "tiket", headers={}, opd="TIDAKADA")
    assert answer.status_code == 422 and read(answer.text).css_first(f"form#tiket-{alert.id}") is not None


def test_a_krisis_of_an_operator_is_a_proposal(operator, db_session):
    alert = make_alert("Bendungan retak")
    send(operator, alert, "tiket", opd="DPU", level="krisis")
    ticket = db.session.scalar(db.select(Ticket))
    assert ticket.crisis_proposed and ticket.level == "biasa"


def test_a_sensitive_alert_makes_a_sensitive_ticket_whatever_title_is_sent(operator, db_session):
    alert = make_alert("Siswi X", sensitive=True, safe_title="Peristiwa anak di Sebulu")
    send(operator, alert, "tiket", opd="DISDIKBUD", title="Siswi X")
    ticket = db.session.scalar(db.select(Ticket))
    assert ticket.sensitive and ticket.shown_title == "Peristiwa anak di Sebulu"


# ── once, and not over a stale screen ──────────────────────────────────


@pytest.mark.parametrize("name, values", [("tiket", {"opd": "DPU"}), ("abaikan", {"reason": "iklan"})])
def test_a_form_sent_twice_acts_once(operator, db_session, name, values):
    alert = make_alert("Jalan berlubang")
    data = form_on(operator, alert, name) | values
    first = operator.post(f"/pantauan/{alert.id}/{name}", data=data, headers=HTMX)
    events = len(kinds(f"alert:{alert.id}"))
    again = operator.post(f"/pantauan/{alert.id}/{name}", data=data, headers=HTMX)
    assert first.status_code == again.status_code == 200
    assert parse(again.text).css_first(f"#pantauan-{alert.id}") is not None
    assert len(kinds(f"alert:{alert.id}")) == events
    assert len(db.session.scalars(db.select(Ticket)).all()) == (1 if name == "tiket" else 0)


def test_what_somebody_else_sorted_meanwhile_is_told_and_the_text_stays(operator, login, db_session):
    alert = make_alert("Jalan berlubang")
    mine = form_on(operator, alert, "tiket") | {"opd": "DPU", "title": "Judul ketikan saya", "note": "Catatan saya"}
    send(login(OTHER), alert, "abaikan", reason="sudah_lama")
    answer = operator.post(f"/pantauan/{alert.id}/tiket", data=mine, headers=HTMX)
    assert answer.status_code == 409
    assert "Hendra Kepala" in answer.text and "mengabaikannya: Berita lama." in answer.text
    assert "Judul ketikan saya" in answer.text and "Catatan saya" in answer.text
    assert fresh(alert).state is AlertState.IGNORED and db.session.scalar(db.select(Ticket)) is None
    page = operator.post(f"/pantauan/{alert.id}/tiket", data=mine)
    assert page.status_code == 409 and "Judul ketikan saya" in read(page.text).html


def test_a_form_of_another_seat_is_a_conflict(operator, db_session):
    alert = make_alert("Jalan berlubang")
    assert send(operator, alert, "abaikan", reason="iklan", acting="99999").status_code == 409
    assert fresh(alert).state is AlertState.NEW


@pytest.mark.parametrize("name", ["tiket", "gabung", "abaikan", "judul-aman", "tone", "judul-asli", "urungkan"])
@pytest.mark.parametrize("who", ["admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_nobody_else_sorts(login, db_session, who, name):
    alert = make_alert("Kanari", state=AlertState.NEW)
    client = login(who)
    token = parse(client.get("/").text).css_first('input[name="csrf_token"]').attributes["value"]
    for alert_id in (alert.id, 999_999):
        path = f"/pantauan/{alert_id}/{name}"
        assert client.post(path, data={"csrf_token": token, "opd": "DPU", "reason": "iklan"}).status_code == 404
        assert client.get(path).status_code == 404
    assert fresh(alert).state is AlertState.NEW


def test_without_a_csrf_token_nothing_happens(operator, db_session):
    alert = make_alert("Jalan berlubang")
    assert operator.post(f"/pantauan/{alert.id}/abaikan", data={"reason": "iklan"}).status_code in (400, 403)
    assert fresh(alert).state is AlertState.NEW


# ── without script ─────────────────────────────────────────────────────


def test_the_whole_way_without_script(operator, db_session):
    alert = make_alert("Jalan berlubang", text="Warga mengeluh.")
    listed = read(operator.get("/pantauan").text)
    page = read(operator.get(listed.css_first("[data-row] h3 a").attributes["href"]).text)
    answer = submit(operator, page, f"#tiket-{alert.id}", opd="DPU")
    assert answer.status_code == 303
    after = read(operator.get(answer.headers["Location"]).text)
    ticket = db.session.scalar(db.select(Ticket))
    assert after.css_first(f'main a[href="/tiket/{ticket.id}"]') is not None
    assert "dibuat dan diteruskan ke Dinas PU" in after.css_first("#toasts").text()


@pytest.mark.parametrize("name", ["tiket", "gabung", "abaikan", "judul-aman", "tone", "urungkan"])
def test_the_address_of_a_form_leads_to_its_page(operator, db_session, name):
    alert = make_alert("Jalan berlubang")
    answer = operator.get(f"/pantauan/{alert.id}/{name}")
    assert answer.status_code == 303 and answer.headers["Location"].startswith(f"/pantauan/{alert.id}#")


# ── Gabungkan, Abaikan ─────────────────────────────────────────────────


def opened(alert, people, **values) -> Ticket:
    ticket = actions.promote([alert], people[OPERATOR], values)
    db.session.commit()
    return ticket


def test_merging_by_number_and_undoing_it(operator, db_session, people):
    ticket = opened(make_alert("Air keruh"), people, opd="DPU")
    alert = make_alert("Air keruh lagi")
    answer = send(operator, alert, "gabung", ticket=f"#{ticket.number}")
    assert answer.status_code == 200 and f'href="/tiket/{ticket.id}"' in answer.text
    assert db.session.get(TicketAlert, alert.id).ticket_id == ticket.id
    assert send(operator, alert, "urungkan").status_code == 200
    assert fresh(alert).state is AlertState.NEW and db.session.get(TicketAlert, alert.id) is None
    assert db.session.get(Ticket, ticket.id).state is State.FORWARDED


def test_merging_by_a_suggestion_below_the_empty_field(operator, db_session, people):
    ticket = opened(make_alert("Air keruh"), people, opd="DPU")
    alert = make_alert("Air keruh lagi")
    assert send(operator, alert, "gabung", ticket=["", ticket.number]).status_code == 200
    assert db.session.get(TicketAlert, alert.id).ticket_id == ticket.id


@pytest.mark.parametrize("number", ["", "9999", "abc", "#", "99999999999999999999"])
def test_merging_into_nothing_is_refused(operator, db_session, number):
    alert = make_alert("Air keruh")
    answer = send(operator, alert, "gabung", ticket=number)
    assert answer.status_code == 422 and "Tiket dengan nomor itu tidak ada" in answer.text
    assert fresh(alert).state is AlertState.NEW


def test_a_restricted_ticket_is_no_place_to_merge_into(operator, db_session, people):
    ticket = opened(make_alert("Rahasia"), people, opd="DPU")
    kepala = people[OTHER]
    actions.set_secrecy(ticket, kepala, named=[kepala.person_id])
    alert = make_alert("Rahasia lagi")
    db.session.commit()
    refused = send(operator, alert, "gabung", ticket=ticket.number)
    nothing = send(operator, alert, "gabung", ticket="9999")
    assert refused.status_code == nothing.status_code == 422 and "tidak ada" in refused.text


def test_alerts_behind_a_restricted_ticket_are_for_the_named(operator, login, db_session, people):
    alert = make_alert("Kanari terbatas")
    ticket = opened(alert, people, opd="DPU")
    kepala = people[OTHER]
    actions.set_secrecy(ticket, kepala, named=[kepala.person_id])
    db.session.commit()
    for path in ("/pantauan?tampilan=tiket", "/pantauan?tampilan=semua", f"/pantauan/{alert.id}", "/cari?q=kanari"):
        assert "Kanari terbatas" not in operator.get(path).text
    assert "Kanari terbatas" in login(OTHER).get("/pantauan?tampilan=tiket").text


def test_open_tickets_that_share_words_are_suggested_with_the_reason(operator, db_session, people):
    first = make_alert(
        "Air PDAM keruh di Anggana", place="Anggana", hints=[{"opd": "DPU", "words": ["air"], "score": 1}]
    )
    ticket = opened(first, people, opd="DPU")
    opened(make_alert("Lampu jalan padam"), people, opd="DPU")
    alert = make_alert("Warga Anggana keluhkan air PDAM keruh", place="Anggana", hints=first.hints)
    page = read(operator.get(f"/pantauan/{alert.id}").text)
    suggestion = page.css(f"#gabung-{alert.id} .ranked li")
    assert len(suggestion) == 1 and "tempat sama" in suggestion[0].text() and "kata sama" in suggestion[0].text()
    assert suggestion[0].css_first("button[name=ticket]").attributes["value"] == ticket.number


def test_ignoring_asks_for_a_reason_of_the_list(operator, db_session):
    alert = make_alert("Promo")
    for reason in ("", "bosan"):
        refused = send(operator, alert, "abaikan", reason=reason)
        assert refused.status_code == 422 and "Pilih alasan dari daftar." in refused.text
    answer = send(operator, alert, "abaikan", reason="iklan")
    assert answer.status_code == 200 and "Diabaikan: iklan" in answer.text and "data-gone" in answer.text
    assert send(operator, alert, "urungkan").status_code == 200
    assert fresh(alert).state is AlertState.NEW and fresh(alert).ignored_reason == ""
    assert kinds(f"alert:{alert.id}") == ["alert.ignore", "alert.restore"]


# ── judul aman, tone ───────────────────────────────────────────────────


def test_a_judul_aman_replaces_the_title_everywhere_and_the_original_is_logged(operator, db_session, people):
    alert = make_alert("Siswi kanari jadi korban", text="Kronologi kanari", url="https://kanari.example/")
    ticket = opened(alert, people, opd="DISDIKBUD")
    assert send(operator, alert, "judul-aman", safe_title="pendek").status_code == 422
    answer = send(operator, alert, "judul-aman", safe_title="Peristiwa yang menyangkut anak")
    assert answer.status_code == 200 and "kanari" not in answer.text.lower()
    db.session.expire_all()
    assert db.session.get(Ticket, ticket.id).shown_title == "Peristiwa yang menyangkut anak"
    assert "Tidak ada yang cocok" in operator.get("/cari?q=kanari").text
    opened_ = send(operator, alert, "judul-asli")
    assert opened_.status_code == 200 and "Siswi kanari jadi korban" in opened_.text
    assert kinds(f"alert:{alert.id}")[-1] == "alert.original_opened"


def test_the_tone_of_a_person_stands_above_the_sources(operator, db_session):
    alert = make_alert("Jembatan", tone=Tone.POSITIVE, tone_source=Tone.POSITIVE)
    assert send(operator, alert, "tone", tone="negative").status_code == 200
    assert fresh(alert).tone is Tone.NEGATIVE and fresh(alert).tone_source is Tone.POSITIVE
    assert send(operator, alert, "tone", tone="marah").status_code == 422


# ── a selection ────────────────────────────────────────────────────────


def pick(client, alerts, act, headers=HTMX, **values):
    ids = "&".join(f"ids={alert.id}" for alert in alerts)
    page = parse(client.get(f"/pantauan/pilihan?act={act}&{ids}").text)
    data = fields_of(page.css_first("#pilihan-isian")) | values
    data["ids"] = [str(alert.id) for alert in alerts]
    return client.post("/pantauan/pilihan", data=data, headers=headers)


def test_a_selection_becomes_one_ticket(operator, db_session):
    alerts = [make_alert(f"Antre poli anak {n}") for n in range(3)]
    page = read(operator.get("/pantauan/pilihan?act=tiket&" + "&".join(f"ids={a.id}" for a in alerts)).text)
    assert "3 pantauan" in page.css_first("h1").text()
    answer = pick(operator, alerts, "tiket", opd="DPU", title="Antrean poli anak")
    ticket = db.session.scalar(db.select(Ticket))
    assert answer.status_code == 200 and ticket.alerts == 3 and ticket.title == "Antrean poli anak"
    assert all(f'hx-target="#pantauan-{alert.id}"' in answer.text for alert in alerts)


def test_a_selection_is_ignored_and_taken_back(operator, db_session):
    alerts = [make_alert(f"Promo {n}") for n in range(3)]
    answer = pick(operator, alerts, "abaikan", reason="iklan")
    assert "3 pantauan diabaikan: iklan" in answer.text
    undo = fields_of(next(f for f in parse(answer.text).css("form") if f.css_first('[value="urungkan"]')))
    undo["ids"] = [str(alert.id) for alert in alerts]
    assert operator.post("/pantauan/pilihan", data=undo, headers=HTMX).status_code == 200
    assert {fresh(alert).state for alert in alerts} == {AlertState.NEW}


def test_a_selection_tells_row_by_row_what_was_sorted_by_somebody_else(operator, login, db_session):
    alerts = [make_alert(f"Promo {n}") for n in range(3)]
    send(login(OTHER), alerts[1], "abaikan", reason="ganda")
    answer = pick(operator, alerts, "abaikan", reason="iklan")
    assert "1 pantauan tidak diubah" in answer.text and "Hendra Kepala" in answer.text
    assert fresh(alerts[1]).ignored_reason == "ganda" and fresh(alerts[2]).ignored_reason == "iklan"
    send(login(OTHER), alerts[0], "urungkan")
    page = pick(operator, alerts[:2], "abaikan", headers={}, reason="lain")
    assert page.status_code == 200 and "Promo 1" in read(page.text).css_first("main").text()


def test_a_selection_without_script_goes_back_to_the_list(operator, db_session, people):
    ticket = opened(make_alert("Air keruh"), people, opd="DPU")
    alerts = [make_alert(f"Air {n}") for n in range(2)]
    answer = pick(operator, alerts, "gabung", headers={}, ticket=ticket.number)
    assert answer.status_code == 303 and answer.headers["Location"] == "/pantauan"
    assert db.session.get(Ticket, ticket.id).alerts == 3


def test_a_refused_selection_changes_nothing(operator, db_session):
    alerts = [make_alert(f"Air {n}") for n in range(2)]
    assert pick(operator, alerts, "gabung", ticket="9999").status_code == 422
    assert pick(operator, alerts, "abaikan", reason="").status_code == 422
    assert {fresh(alert).state for alert in alerts} == {AlertState.NEW}


def test_a_selection_sent_twice_acts_once(operator, db_session):
    alerts = [make_alert(f"Air {n}") for n in range(2)]
    page = parse(operator.get(f"/pantauan/pilihan?act=tiket&ids={alerts[0].id}&ids={alerts[1].id}").text)
    data = fields_of(page.css_first("#pilihan-isian")) | {"ids": [str(a.id) for a in alerts]}
    for _ in range(2):
        assert operator.post("/pantauan/pilihan", data=data, headers=HTMX).status_code == 200
    assert len(db.session.scalars(db.select(Ticket)).all()) == 1


def test_at_most_a_hundred_are_sorted_at_once_and_nothing_picked_is_said(operator, db_session):
    source = make_source()
    alerts = [make_alert(f"Promo {n}", source) for n in range(105)]
    pick(operator, alerts, "abaikan", reason="iklan")
    db.session.expire_all()
    assert db.session.query(Alert).filter_by(state=AlertState.IGNORED).count() == 100
    answer = operator.get("/pantauan/pilihan?act=tiket", follow_redirects=True)
    assert "Pilih pantauan lebih dulu" in answer.text


def test_opd_choices_hold_no_outside_body(operator, db_session):
    alert = make_alert("Listrik padam")
    page = parse(operator.get(f"/pantauan/{alert.id}").text)
    offered = {option.attributes.get("value") for option in page.css('select[name="opd"] option')}
    assert "PLN" not in offered and "DPU" in offered and db.session.scalar(db.select(Opd).where(Opd.code == "PLN"))
