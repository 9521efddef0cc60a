"""One press makes an alert sensitive: a number stands in place of its title at once, everywhere, and can be undone."""

import pytest

from app.core import clock
from app.core.events import Event
from app.core.uploads import keep_capture
from app.extensions import db
from app.monitoring.actions.files import hang_files
from app.monitoring.actions.isu import put_together
from app.monitoring.models import AlertFile, Inbound, IngestRun, Isu, Shielded
from app.tickets import actions as tickets
from app.tickets.models import Evidence, Ticket
from tests.desk.test_sorting import HTMX, OPERATOR, OTHER, form_on, fresh, kinds, opened, pick, send
from tests.factories import make_alert, make_source
from tests.harness.client import fields_of, parse, read, submit
from tests.tickets.desk import ADMIN, HEAD, LEADER, picture

CANARY = "kanariqzx"
TITLE, TEXT = f"Siswi {CANARY} jadi korban", f"Kronologi {CANARY} di sekolah"


@pytest.fixture
def operator(login):
    return login(OPERATOR)


@pytest.fixture
def alert(db_session):
    return make_alert(TITLE, text=TEXT, url="https://media.example/baca/1")


def number_of(alert) -> str:
    return f"Perkara sensitif {clock.local(fresh(alert).fetched_at).year}-{alert.id:05d}"


def mark(client, alert, headers=HTMX):
    return send(client, alert, "sensitif", headers)


# ── marking and taking back ────────────────────────────────────────────


def test_one_press_puts_a_number_in_place_of_the_title(operator, alert):
    answer = mark(operator, alert)
    assert answer.status_code == 200 and number_of(alert) in answer.text and CANARY not in answer.text
    assert f'action="/pantauan/{alert.id}/batal-sensitif"' in answer.text and 'data-key="z"' in answer.text
    assert kinds(f"alert:{alert.id}") == ["alert.sensitive"]
    page = operator.get(f"/pantauan/{alert.id}").text
    assert "menandainya sensitif." in page and CANARY not in page and number_of(alert) in page


def test_the_undo_in_the_toast_brings_title_and_search_back(operator, alert):
    toast = parse(mark(operator, alert).text).css_first(".toast form")
    assert "Tidak ada yang cocok" in operator.get(f"/cari?q={CANARY}").text
    answer = operator.post(toast.attributes["action"], data=fields_of(toast), headers=HTMX)
    assert answer.status_code == 200 and TITLE in answer.text and f'hx-target="#pantauan-{alert.id}"' in answer.text
    assert TITLE in operator.get(f"/cari?q={CANARY}").text and not fresh(alert).sensitive


def test_without_script_it_is_a_button_and_the_page_says_how_to_go_on(operator, alert):
    page = read(operator.get(f"/pantauan/{alert.id}").text)
    assert submit(operator, page, f"#sensitif-{alert.id}").status_code == 303
    page = read(operator.get(f"/pantauan/{alert.id}").text)
    assert number_of(alert) == page.css_first("h1").text() and "sensitif" in page.css_first("#toasts").text()
    assert submit(operator, page, f"#batal-sensitif-{alert.id}").status_code == 303
    assert read(operator.get(f"/pantauan/{alert.id}").text).css_first("h1").text() == TITLE


def test_it_acts_over_a_stale_screen_and_twice_acts_once(operator, login, alert):
    data = form_on(operator, alert, "sensitif")
    send(login(OTHER), alert, "tone", tone="negative")
    for _ in range(2):
        assert operator.post(f"/pantauan/{alert.id}/sensitif", data=data, headers=HTMX).status_code == 200
    assert fresh(alert).sensitive and kinds(f"alert:{alert.id}") == ["alert.tone", "alert.sensitive"]


def test_a_judul_aman_replaces_the_number_and_is_not_taken_back(operator, alert):
    mark(operator, alert)
    undo = form_on(operator, alert, "batal-sensitif")
    named = send(operator, alert, "judul-aman", safe_title="Perkara anak di satu sekolah")
    assert "Perkara anak di satu sekolah" in named.text
    page = read(operator.get(f"/pantauan/{alert.id}").text)
    field = page.css_first(f"#judul-aman-{alert.id} [name=safe_title]")
    assert field.attributes["value"] == "Perkara anak di satu sekolah" and field.attributes["data-key"] == "s"
    assert page.css_first(f"#batal-sensitif-{alert.id}") is None
    undo["version"] = str(fresh(alert).version)
    refused = operator.post(f"/pantauan/{alert.id}/batal-sensitif", data=undo)
    assert refused.status_code == 422 and "tetap sensitif" in refused.text and CANARY not in refused.text
    assert fresh(alert).sensitive


def test_a_selection_is_marked_and_taken_back(operator, db_session):
    alerts = [make_alert(f"{TITLE} {n}") for n in range(3)]
    answer = pick(operator, alerts, "sensitif")
    assert "3 pantauan ditandai sensitif" in answer.text and CANARY not in answer.text
    undo = fields_of(next(f for f in parse(answer.text).css("form") if f.css_first('[value="batal-sensitif"]')))
    undo["ids"] = [str(alert.id) for alert in alerts]
    assert operator.post("/pantauan/pilihan", data=undo, headers=HTMX).status_code == 200
    assert not any(fresh(alert).sensitive for alert in alerts)


@pytest.mark.parametrize("name", ["sensitif", "batal-sensitif"])
@pytest.mark.parametrize("email", [ADMIN, LEADER])
def test_nobody_else_marks(login, alert, email, name):
    client = login(email)
    token = parse(client.get("/").text).css_first('input[name="csrf_token"]').attributes["value"]
    assert client.post(f"/pantauan/{alert.id}/{name}", data={"csrf_token": token}).status_code == 404
    assert not fresh(alert).sensitive


# ── what hangs on it ───────────────────────────────────────────────────


def test_ticket_and_isu_go_by_the_number_by_the_judul_aman_and_by_the_title_again(operator, people, alert):
    ticket = opened(alert, people, opd="DISDIKBUD").id
    isu = put_together([alert], people[OPERATOR]).id
    db.session.commit()

    def called() -> set[str]:
        db.session.expire_all()
        return {db.session.get(Ticket, ticket).shown_title, db.session.get(Isu, isu).title}

    mark(operator, alert)
    assert called() == {number_of(alert)}
    send(operator, alert, "batal-sensitif")
    assert called() == {TITLE} and TITLE in operator.get(f"/cari?q={CANARY}").text
    mark(operator, alert)
    send(operator, alert, "judul-aman", safe_title="Perkara anak di satu sekolah")
    assert called() == {"Perkara anak di satu sekolah"}


def test_a_ticket_with_another_sensitive_alert_stays_sensitive(operator, people, alert):
    ticket = opened(alert, people, opd="DISDIKBUD")
    other = make_alert("Lainnya")
    tickets.merge([other], ticket, people[OPERATOR])
    db.session.commit()
    mark(operator, alert)
    mark(operator, other)
    send(operator, alert, "batal-sensitif")
    db.session.expire_all()
    assert db.session.get(Ticket, ticket.id).shown_title == number_of(other)


def test_a_ticket_that_had_a_judul_aman_of_its_own_keeps_it(operator, people, alert):
    ticket = opened(alert, people, opd="DISDIKBUD")
    tickets.set_secrecy(ticket, people[OPERATOR], safe_title="Judul aman tiketnya")
    db.session.commit()
    mark(operator, alert)
    send(operator, alert, "batal-sensitif")
    db.session.expire_all()
    assert db.session.get(Ticket, ticket.id).shown_title == "Judul aman tiketnya"


# ── personal data and files behind it ──────────────────────────────────


def test_personal_data_opens_only_after_the_original(operator, login, people, alert):
    db.session.add(Shielded(alert_id=alert.id, kinds=["NIK"], title=TITLE, text="6402091507880003", author=""))
    db.session.commit()
    form = form_on(operator, alert, "data-pribadi") | {"reason": "Menghubungi keluarga korban"}
    mark(operator, alert)
    at = f"/pantauan/{alert.id}/data-pribadi"
    closed = operator.post(at, data=form)
    assert closed.status_code == 404 and "6402091507880003" not in closed.text
    assert "alert.unmasked" not in kinds(f"alert:{alert.id}")
    page = parse(send(operator, alert, "judul-asli").text)
    form = fields_of(page.css_first(f'form[action="{at}"]')) | {"reason": "Menghubungi keluarga korban"}
    other = login(OTHER)
    theirs = {"csrf_token": parse(other.get("/").text).css_first("[name=csrf_token]").attributes["value"]}
    assert other.post(at, data=form | theirs | {"acting": str(people[OTHER].id)}).status_code == 404
    assert "6402091507880003" in operator.post(at, data=form).text


def test_files_of_a_sensitive_alert_go_by_a_number(operator, people, alert):
    hang_files(alert.id, [keep_capture(picture(), f"{CANARY}.png")], people[OPERATOR])
    db.session.commit()
    at = f"/pantauan/{alert.id}/berkas/{db.session.scalar(db.select(AlertFile.id))}"
    assert CANARY in operator.get(at).headers["Content-Disposition"]
    mark(operator, alert)
    send(operator, alert, "judul-asli")
    named = operator.get(at).headers["Content-Disposition"]
    assert CANARY not in named and "bukti-" in named


def test_evidence_of_a_sensitive_ticket_goes_by_a_number(login, operator, people, alert):
    ticket = opened(alert, people, opd="DISDIKBUD")
    tickets.move(ticket, "take_on", people[ADMIN])
    file = tickets.attach(ticket, people[ADMIN], picture(), f"Visum {CANARY}.png").id
    db.session.commit()
    page = login(ADMIN).get(f"/tiket/{ticket.id}").text
    assert f"Visum {CANARY}.jpg" in page and f"melampirkan Visum {CANARY}.jpg" in page
    mark(operator, alert)
    for block in ("", "/berkas", "/segar"):
        headers = HTMX if block else {}
        shown = login(ADMIN).get(f"/tiket/{ticket.id}{block}", headers=headers)
        assert shown.status_code == 200 and CANARY not in shown.text, block
    assert f"melampirkan bukti-{file}.jpg" in login(ADMIN).get(f"/tiket/{ticket.id}").text
    answer = login(ADMIN).get(f"/berkas/{file}")
    assert answer.status_code == 200 and f"bukti-{file}.jpg" in answer.headers["Content-Disposition"]
    assert CANARY in db.session.get(Evidence, file).name
    assert db.session.scalar(db.select(Event).where(Event.kind == "ticket.file")).after["file"] == f"Visum {CANARY}.jpg"


# ── met nowhere ────────────────────────────────────────────────────────


def came_by_mail(source) -> IngestRun:
    """A letter with the title as its subject, and the reading that took it in."""
    run = IngestRun(source_id=source.id)
    db.session.add(run)
    db.session.flush()
    db.session.add(Inbound(message_id="1", sender=OPERATOR, subject=TITLE, outcome="taken", run_id=run.id))
    return run


def test_a_letters_subject_is_told_until_its_alert_is_sensitive(operator, login, alert):
    alert.run_id = came_by_mail(make_source()).id
    db.session.commit()
    assert TITLE in login(HEAD).get("/pengaturan/surel-masuk").text
    mark(operator, alert)
    page = login(HEAD).get("/pengaturan/surel-masuk").text
    assert CANARY not in page and "perkara sensitif" in page


def test_a_marked_title_is_met_nowhere(operator, login, people, outbox, db_session, work_off):
    source = make_source("Kabar Etam")
    alert = make_alert(TITLE, source, text=TEXT, media="Harian Kanarimedia", author=CANARY, hints=[
        {"opd": "DISDIKBUD", "words": [CANARY], "score": 2}
    ], url=f"https://media.example/{CANARY}", run_id=(run := came_by_mail(source)).id)  # fmt: skip
    hang_files(alert.id, [keep_capture(picture(), f"{CANARY}.png")], people[OPERATOR])
    isu = put_together([alert], people[OPERATOR])
    db.session.commit()
    mark(operator, alert)
    ticket = opened(fresh(alert), people, opd="DISDIKBUD")
    tickets.move(ticket, "take_on", people[ADMIN])
    tickets.attach(ticket, people[ADMIN], picture(), f"{CANARY}.png")
    db.session.commit()
    work_off()

    everybody = ["/", "/tiket", f"/tiket/{ticket.id}", "/cari?q=siswi", f"/cari?q={CANARY}", "/cari?q=sensitif"]
    isu_pages = ["/isu", f"/isu/{isu.id}"]
    own = [
        "/pantauan?tampilan=semua", "/pantauan?tampilan=tiket", f"/pantauan?tampilan=semua&q={CANARY}",
        f"/pantauan/{alert.id}", "/surat-keluar",
        *(f"/pantauan/pilihan?act={act}&ids={alert.id}" for act in ("tiket", "gabung", "isu", "sensitif", "abaikan")),
       
        f"/pengaturan/sumber/{source.id}",
    ]  # fmt: skip
    own += [
        f"/pantauan/{alert.id}/bukti.txt",
        f"/impor/{run.id}",
        "/pengaturan/sumber",
        "/pengaturan/sumber/umpan.opml",
    ]
    admins = ["/pengaturan/surel-masuk", "/pengaturan/pembukaan", "/pengaturan/kesehatan"]
    seen = {
        OPERATOR: everybody + isu_pages + own, HEAD: everybody + isu_pages + own + admins,
        LEADER: everybody + isu_pages, ADMIN: everybody,
    }  # fmt: skip
    for email, pages in seen.items():
        client = login(email)
        for page in pages:
            answer = client.get(page)
            told = [line for line in answer.text.splitlines() if CANARY in line and f"q={CANARY}" not in page]
            assert answer.status_code == 200 and not told, (email, page)
            assert TITLE not in answer.text and TEXT not in answer.text, (email, page)
            assert email in (OPERATOR, HEAD) or "Kanarimedia" not in answer.text, (email, page)
        assert number_of(alert) in client.get(f"/tiket/{ticket.id}").text.partition("</title>")[0]
    client = login(OPERATOR)
    for part in (
        f"/pantauan/{alert.id}",
        f"/pantauan/{alert.id}/tautan",
        f"/pantauan/pilihan?act=gabung&ids={alert.id}",
    ):
        answer = client.get(part, headers=HTMX)
        assert answer.status_code == 200 and CANARY not in answer.text, part
    letters = [letter.read_text(errors="replace") for letter in outbox.glob("*.eml")]
    assert letters and not any(CANARY in letter for letter in letters)
