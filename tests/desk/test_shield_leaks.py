"""Personal data planted through all five ways in is met on no page, in no search, letter or ticket of anybody."""

import pytest

from app.core import clock
from app.extensions import db
from app.monitoring import actions
from app.monitoring.actions import mailing as mail
from app.monitoring.models import Alert, Shielded
from app.monitoring.readers import pushed
from app.monitoring.rules import mailing, pasting
from app.monitoring.rules.kinds import Channel, SourceKind
from app.tickets import actions as tickets
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR

NIK, PHONE, MAIL, HANDLE = "6402091507880003", "081234567890", "siti.ibu@contoh.example", "siti_ibu_99"
CANARIES = (NIK, PHONE, MAIL, HANDLE)
TITLE = f"Atap rumah roboh, hubungi {PHONE}"
TEXT = f"Atap rumah Siti roboh, NIK {NIK}, email {MAIL}, akun @{HANDLE} minta bantuan."


def by_feed() -> None:
    source = actions.found_or_added("Umpan", SourceKind.RSS)
    source.channel = Channel.SOCIAL
    item = f"<item><title>{TITLE}</title><description>{TEXT}</description><author>{HANDLE}</author></item>"
    actions.start_run(source, f'<rss version="2.0"><channel>{item}</channel></rss>'.encode())


def by_sheet() -> None:
    head, day = "tanggal;judul;isi;akun;kanal;telepon lain", f"{clock.local(clock.now()):%d/%m/%Y}"
    row = f"{day};{TITLE};{TEXT};{HANDLE};facebook;{PHONE}"
    actions.start_run(actions.found_or_added("Lembar", SourceKind.SHEET), f"{head}\n{row}".encode())


def by_webhook() -> None:
    source = actions.found_or_added("Kait", SourceKind.WEBHOOK)
    item = {"title": TITLE, "text": TEXT, "author": HANDLE, "channel": "medsos", "telepon lain": PHONE}
    actions.take_delivery(source, "msg_1", pushed.read([item], clock.now()), "")


def by_paste(people) -> None:
    text, cover = f"{TITLE}\n{TEXT}", pasting.Cover()
    items = pasting.items(pasting.pieces(text, clock.now()), cover, clock.now())
    actions.paste(text, items, cover, people[OPERATOR])


def by_mail(people) -> None:
    head = mailing.Head(message_id="<1@contoh.example>", sender=OPERATOR, subject=TITLE)
    letter = mailing.Letter(head=head, body=mailing.Body(text=TEXT))
    assert mail.take_letter(letter, b"Subject: x", people[OPERATOR].id, "", mail.Files("", [], ""))


@pytest.mark.parametrize("way", [by_feed, by_sheet, by_webhook, by_paste, by_mail])
def test_what_came_in_is_met_nowhere(login, people, outbox, db_session, work_off, way):
    way(people) if way in (by_paste, by_mail) else way()
    db.session.commit()
    work_off()
    alert = db.session.scalars(db.select(Alert)).one()
    assert NIK in db.session.scalars(db.select(Shielded)).one().text
    assert not any(canary in str(alert.raw) for canary in CANARIES)
    ticket = tickets.promote([alert], people[OPERATOR], {"opd": "DISDIKBUD"})
    numbers = alert.id, ticket.id
    db.session.commit()
    work_off()

    pages = [f"/tiket/{numbers[1]}", "/tiket", "/", *(f"/cari?q={canary}" for canary in CANARIES)]
    sorting = [
        f"/pantauan/{numbers[0]}", "/pantauan?tampilan=semua", f"/pantauan/{numbers[0]}/bukti.txt",
        f"/pengaturan/sumber/{alert.source_id}", f"/impor/{alert.run_id}",
    ]  # fmt: skip
    of = {OPERATOR: sorting, HEAD: [*sorting, "/pengaturan/surel-masuk", "/pengaturan/pembukaan"]}
    for email in (OPERATOR, HEAD, ADMIN, LEADER):
        client = login(email)
        own = of.get(email, [])
        for page in [*pages, *own]:
            answer = client.get(page)
            assert answer.status_code == 200
            told = answer.text.replace("q=", "").replace(page.partition("q=")[2] or "\0", "")
            assert not any(canary in told for canary in CANARIES), page
            assert "Atap rumah roboh" not in told or "cari" not in page
    letters = list(outbox.glob("*.eml"))
    assert letters and not any(
        canary in letter.read_text(errors="replace") for letter in letters for canary in CANARIES
    )
