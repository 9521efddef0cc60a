"""«Tempel dari WhatsApp»: seen first, taken in as from any source, once, and taken back without residue."""

import pytest
from sqlalchemy import func, select

from app.core import search, storage
from app.core.events import Event, broken_links
from app.extensions import db
from app.monitoring.models import Alert, AlertKey, IngestRun, RejectedRow, Shielded, Source
from app.monitoring.rules.kinds import AlertState, RunState, SourceKind
from app.tickets.models import Ticket
from tests.factories import make_alert, make_source
from tests.harness.client import fields_of, parse

OPERATOR = "operator@diskominfo.demo"
BUDGET = 40
TEXT = """[24/11 07.10] Budi: Air PDAM mati di Anggana sejak kemarin

https://kabaretam.example/berita/1/jalan-rusak-di-muara-badak?utm_source=wa
Lampu jalan padam https://kabaretam.example/berita/2"""


def hidden(client) -> dict[str, str]:
    """The hidden fields of any form this browser is shown."""
    form = parse(client.get("/").text).css_first('form:has([name="csrf_token"])')
    return {"csrf_token": fields_of(form)["csrf_token"]}


def send(client, act="simpan", text=TEXT, **values):
    form = hidden(client) | {"text": text, "origin": "warga", "act": act} | values
    return client.post("/pantauan/tempel", data=form)


def act(client, url, **values):
    return client.post(url, data=hidden(client) | values)


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def alerts() -> list[Alert]:
    return list(db.session.scalars(select(Alert).order_by(Alert.id)))


def last_run() -> IngestRun:
    return db.session.scalar(select(IngestRun).order_by(IngestRun.id.desc()).limit(1))


@pytest.fixture
def operator(login):
    return login(OPERATOR)


def test_the_button_stands_on_pantauan_and_only_diskominfo_may(login, operator):
    assert "/pantauan/tempel" in operator.get("/pantauan").text
    assert operator.get("/pantauan/tempel").status_code == 200
    for email in ("admin@disdikbud.demo", "pimpinan@kukar.demo", "narahubung@dpu.demo"):
        client = login(email)
        assert client.get("/pantauan/tempel").status_code == 404
        assert send(client).status_code == 404
    assert count(Alert) == 0


def test_the_preview_writes_nothing_and_keeps_the_text(operator, db_session):
    page = send(operator, "lihat")
    assert page.status_code == 200 and count(Alert) == count(IngestRun) == 0
    html = parse(page.text)
    assert "Air PDAM mati" in html.css_first("textarea").text()
    assert "3 baru dari 3" in html.text() and "Masukkan 3 pantauan" in html.text()
    assert "Budi" not in html.css_first("table").text()


def test_what_is_confirmed_comes_in_through_intake_with_its_raw_text(operator, db_session):
    answer = send(operator)
    assert answer.status_code == 303
    run = last_run()
    assert answer.location.endswith(f"/pantauan/tempel/{run.id}")
    assert (run.state, run.new, run.repeated, run.rejected) == (RunState.DONE, 3, 0, 0)
    assert run.source.name == "Tempelan" and run.source.kind is SourceKind.PASTE
    assert "Budi: Air PDAM mati" in storage.path(run.raw_key).read_text()
    titles = [alert.title for alert in alerts()]
    assert titles == ["Air PDAM mati di Anggana sejak kemarin", "Jalan rusak di muara badak", "Lampu jalan padam"]
    assert alerts()[1].url == "https://kabaretam.example/berita/1/jalan-rusak-di-muara-badak"
    assert "Lampu jalan padam" in operator.get(answer.location).text
    assert "Lampu jalan padam" in operator.get("/pantauan?q=lampu").text
    assert "Warga lewat WhatsApp" in operator.get(f"/pantauan/{alerts()[0].id}").text
    assert not list(broken_links())


def test_a_second_paste_uses_the_same_source_and_finds_everything_known(operator, db_session):
    send(operator)
    send(operator)
    assert (last_run().new, last_run().repeated) == (0, 3)
    assert count(Alert) == 3 and count(Source) == 1


def test_bare_links_of_one_site_are_one_alert_each(operator, db_session):
    links = [f"https://vt.tiktok.com/ZSabc{n}/" for n in range(5)]
    send(operator, text="\n".join(links))
    send(operator, text="https://vt.tiktok.com/ZSlain/\n" + links[0])
    assert [alert.url for alert in alerts()] == [link.rstrip("/") for link in links] + ["https://vt.tiktok.com/ZSlain"]


def test_a_form_sent_twice_acts_once(operator, db_session):
    send(operator, nonce="sekali-saja")
    assert send(operator, nonce="sekali-saja").status_code == 303
    assert count(IngestRun) == 1


def test_duplicates_are_marked_and_lead_to_the_alert(operator, db_session):
    send(operator, text="https://kabaretam.example/berita/2 Lampu")
    known = alerts()[0]
    twice = "http://m.kabaretam.example/berita/2/?fbclid=1 Beda\nhttps://b.example/satu/a X\nhttps://b.example/satu/a Y"
    page = parse(send(operator, "lihat", twice).text)
    assert page.css_first(f'table a[href="/pantauan/{known.id}"]') is not None
    assert "Sama dengan nomor 2" in page.text() and "1 baru dari 3" in page.text()


def test_a_request_about_something_known_is_written_into_its_history(operator, db_session):
    link = "https://kabaretam.example/berita/2"
    send(operator, text=f"{link} Lampu jalan padam")
    asks = {"origin": "wartawan", "media": "Kaltim Post", "deadline": "besok 10.00"}
    preview = parse(send(operator, "lihat", f"{link}\n\nTanya hal baru", **asks).text).text()
    assert "Masukkan 1 pantauan dan catat 1 permintaan" in preview and "ini dicatat di sana" in preview
    assert "dicatat di sana" not in send(operator, "lihat", link).text

    answer = send(operator, text=f"http://m.kabaretam.example/berita/2/?fbclid=1\n\n{link}", **asks)
    alert = alerts()[0]
    result = parse(operator.get(answer.location).text)
    assert "Permintaan konfirmasi dari Kaltim Post, tenggat besok 10.00" in result.text()
    assert result.css_first(f'a[href="/pantauan/{alert.id}"]') is not None
    reader = parse(operator.get(f"/pantauan/{alert.id}").text)
    told = "mencatat permintaan konfirmasi dari Kaltim Post, tenggat besok 10.00."
    assert told in reader.css_first(".say[data-say=turn]").text() and told in reader.css_first(".story").text()
    assert count(Alert) == 1 and not list(broken_links())

    send(operator, text=link, origin="arahan", media="")
    assert "mencatat arahan pimpinan." in parse(operator.get(f"/pantauan/{alert.id}").text).css_first(".say").text()
    kinds = db.session.scalars(select(Event.kind).where(Event.stream == f"alert:{alert.id}")).all()
    assert kinds == ["alert.asked", "alert.asked"]


def test_a_request_alone_is_worth_saving_and_a_citizens_repeat_is_not_noted(operator, db_session):
    send(operator)
    asking = send(operator, "lihat", origin="arahan").text
    assert "Catat 3 arahan" in asking and "Tidak ada yang baru" not in asking
    send(operator)
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.kind == "alert.asked")) == 0


def test_a_request_about_a_hidden_alert_reaches_it_and_tells_the_operator_nothing(operator, login, people, db_session):
    from app.tickets import actions as tickets

    kepala = people["kepala@diskominfo.demo"]
    send(operator, text="https://kabaretam.example/berita/2 Perkara kanari")
    alert = alerts()[0]
    ticket = tickets.promote([alert], kepala, {"title": "Perkara", "ticket_class": "media", "level": "biasa"})
    tickets.set_secrecy(ticket, kepala, named=[kepala.person_id])
    db.session.commit()
    answer = send(operator, text="https://kabaretam.example/berita/2", origin="wartawan", media="Kaltim Post")
    result = operator.get(answer.location).text
    assert "kanari" not in result and f"/pantauan/{alert.id}" not in result
    assert "dari Kaltim Post" in login("kepala@diskominfo.demo").get(f"/pantauan/{alert.id}").text


def test_of_an_alert_behind_a_restricted_ticket_the_preview_tells_nothing(operator, people, db_session):
    from app.tickets import actions as tickets

    send(operator, text="https://kabaretam.example/berita/2 Perkara kanari")
    alert = alerts()[0]
    ticket = tickets.promote([alert], people["kepala@diskominfo.demo"], {"title": "Perkara", "ticket_class": "media",
                             "level": "biasa", "opd": "", "note": ""})  # fmt: skip
    db.session.get_one(Ticket, ticket.id).restricted = True
    db.session.commit()
    page = send(operator, "lihat", "https://kabaretam.example/berita/2").text
    assert "kanari" not in page and f"/pantauan/{alert.id}" not in page


@pytest.mark.parametrize(
    "text, values, words",
    [
        ("", {}, "Tempel tautan"),
        ("  \n \u200b \n", {}, "Tempel tautan"),
        ("\n\n".join(f"Hal ke-{n}" for n in range(101)), {}, "Paling banyak 100 hal sekali tempel; ini 101"),
        ("a" * 100_001, {}, "Terlalu panjang"),
        ("Hal kanari", {"origin": "wartawan"}, "Sebut media"),
        ("Hal kanari", {"origin": "siluman"}, "Pilih"),
    ],
)
def test_what_cannot_be_taken_is_422_with_the_text_kept(operator, db_session, text, values, words):
    answer = send(operator, text=text, **values)
    assert answer.status_code == 422 and words in parse(answer.text).text()
    assert (
        parse(answer.text).css_first("textarea").text().strip() == text.replace("\u200b", "").strip()
        or "\u200b" in text
    )
    assert count(IngestRun) == 0


def test_a_name_taken_by_another_source_is_said(operator, db_session):
    make_source("Tempelan")
    answer = send(operator)
    assert answer.status_code == 422 and "Tempelan sudah dipakai" in answer.text and count(Alert) == 0


def test_hostile_text_comes_out_as_text(operator, db_session):
    text = (
        '<script>alert(1)</script>Air mati\n\n<img src=x onerror=alert(2)>\n\nhttps://a.example/"><b>x\n\n\x00{{7*7}}'
    )
    for button in ("lihat", "simpan"):
        answer = send(operator, button, text)
        page = answer.text if answer.status_code == 200 else operator.get(answer.location).text
        assert "<img src=x" not in page and "<script>alert" not in page and "<b>x" not in page
    assert last_run().rejected == 1 and count(RejectedRow) == 1


def test_a_hundred_items_cost_as_many_statements_as_one(operator, db_session, statements):
    costs = []
    for many in (1, 100):
        text = "\n\n".join(f"Perihal nomor {many} {n} di desa kanari" for n in range(many))
        for button in ("lihat", "simpan"):
            form = hidden(operator) | {"text": text, "origin": "warga", "act": button}
            with statements() as seen:
                assert operator.post("/pantauan/tempel", data=form).status_code < 400
            costs.append(len(seen))
    assert max(costs) <= BUDGET and costs[2] <= costs[0] + 1 and costs[3] <= costs[1] + 1, costs
    form = hidden(operator)
    with statements() as seen:
        operator.post(f"/pantauan/tempel/{last_run().id}/urungkan", data=form)
    assert len(seen) <= BUDGET and count(Alert) == 1


def test_undone_nothing_is_left_but_the_raw_text_and_it_can_be_pasted_again(operator, db_session):
    send(operator)
    run = last_run()
    act(operator, f"/pantauan/tempel/{run.id}/urungkan")
    db.session.expire_all()
    assert run.state is RunState.UNDONE and run.new == 0
    assert count(Alert) == count(AlertKey) == 0 and storage.exists(run.raw_key)
    assert not db.session.execute(search.matches("alert", "lampu")).all()
    assert "diurungkan" in operator.get(f"/pantauan/tempel/{run.id}").text
    act(operator, f"/pantauan/tempel/{run.id}/urungkan")
    send(operator)
    assert last_run().new == 3 and not list(broken_links())
    kinds = db.session.scalars(select(Event.kind).where(Event.kind.startswith("source.run_"))).all()
    assert sorted(kinds) == ["source.run_done", "source.run_done", "source.run_undone"]


def test_the_number_of_what_was_undone_is_never_given_again(operator, db_session):
    send(operator)
    gone = {alert.id for alert in alerts()}
    act(operator, f"/pantauan/tempel/{last_run().id}/urungkan")
    send(operator, text="Perihal lain di desa kanari")
    db.session.expire_all()
    assert len(alerts()) == 1 and not gone & {alert.id for alert in alerts()}


def test_undo_leaves_what_somebody_acted_on(operator, db_session):
    send(operator)
    first, second, third = alerts()
    act(operator, f"/pantauan/{first.id}/abaikan", reason="lain")
    act(operator, f"/pantauan/{second.id}/tiket", title="Jalan", ticket_class="media", level="biasa")
    act(operator, f"/pantauan/tempel/{last_run().id}/urungkan")
    db.session.expire_all()
    assert [alert.id for alert in alerts()] == [first.id, second.id]
    assert [alert.state for alert in alerts()] == [AlertState.IGNORED, AlertState.TICKETED]
    assert last_run().new == 2


def test_what_was_masked_is_taken_back_with_its_words(operator, db_session):
    send(operator, text="Atap rumah roboh, hubungi 0812-3456-7890 segera")
    assert count(Shielded) == 1
    act(operator, f"/pantauan/tempel/{last_run().id}/urungkan")
    assert count(Alert) == count(AlertKey) == count(Shielded) == 0


def test_undo_leaves_what_somebody_else_pasted_too(operator, login, db_session):
    send(operator)
    first, other = last_run(), login("kepala@diskominfo.demo")
    send(other, text="Lampu jalan padam https://kabaretam.example/berita/2")
    assert last_run().repeated == 1
    answer = act(operator, f"/pantauan/tempel/{first.id}/urungkan")
    db.session.expire_all()
    assert [alert.title for alert in alerts()] == ["Lampu jalan padam"] and alerts()[0].sightings == 1
    assert "ditempel lagi tetap ada" in operator.get(answer.location).text


def test_a_reading_of_another_source_is_no_paste(operator, db_session):
    run = IngestRun(source_id=make_source().id, state=RunState.DONE)
    db.session.add(run)
    make_alert()
    db.session.commit()
    assert operator.get(f"/pantauan/tempel/{run.id}").status_code == 404
    assert act(operator, f"/pantauan/tempel/{run.id}/urungkan").status_code == 404
