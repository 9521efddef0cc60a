"""An attack on everything that can be carried away: no title, news or file name of a guarded matter is in any of it."""

import io
import re
import zipfile

import pytest

from app.extensions import db
from app.tickets import actions
from app.tickets.actions import outside
from app.tickets.actions.secrecy import hide_news
from tests.papers.test_pages import write
from tests.papers.test_render import text_of_pdf
from tests.tickets import desk
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR, OTHER_ADMIN

CANARY = re.compile("kanari", re.IGNORECASE)
SAFE = "Perkara perlindungan anak"
READERS = (OPERATOR, HEAD, ADMIN, OTHER_ADMIN, LEADER)


@pytest.fixture
def guarded(people):
    """A ticket of Disdikbud with a task for DPU and the canary in everything that tells what it is about."""
    alert = desk.alert("Siswi Kanari jadi korban", url="https://kabar.example/kanari", author="@kanari")
    ticket = actions.promote([alert], people[OPERATOR], {"opd": "DISDIKBUD"})
    actions.move(ticket, "take_on", people[ADMIN])
    actions.attach(ticket, people[ADMIN], desk.picture(), "rumah kanari.png")
    actions.open_task(ticket, people[ADMIN], {"opd": "DPU", "text": "Pasang pagar sekolah."})
    outside.ask(ticket, people[ADMIN], {"kind": "check", "to_name": "Bu Tuti", "question": "Apakah benar?"})
    actions.move(ticket, "submit", people[ADMIN], {"answer": desk.ANSWER})
    actions.move(ticket, "approve", people[desk.NARAHUBUNG])
    db.session.commit()
    return ticket


def everything_in(answer) -> str:
    """All that the file tells a reader or a program: its name, its words, what lies inside of it, its own notes."""
    told, body = str(answer.headers), answer.data
    if body.startswith(b"%PDF"):
        return told + text_of_pdf(body) + body.decode("latin-1")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return told + "".join(name + parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return told + answer.get_data(as_text=True)


def carried_away(login, ticket, papers, readers=READERS) -> dict[tuple[str, str], str]:
    """(who, address) → everything in it, of every export and paper that this reader gets at all."""
    lists = [f"{path}/unduh.{form}" for path in ("/tiket", "/pantauan", "/isu") for form in ("csv", "xlsx")]
    lists += [f"{path}/unduh.csv" for path in ("/surat", "/usulan", "/panggilan", "/surat-keluar", "/orang")]
    at = f"/tiket/{ticket.id}"
    prints = [f"{at}/cetak.pdf", f"{at}/disposisi.pdf", f"{at}/disposisi.docx", f"{at}/surat", "/surat"]
    press = [f"/surat/baru?jenis={kind}&tiket={ticket.id}" for kind in ("surat_permintaan", "klarifikasi", "hak_jawab")]
    letters = [f"{where}/naskah.{form}" for where in papers for form in ("pdf", "docx")]
    found = {}
    for who in readers:
        browser = login(who)
        for address in (*(f"{path}?tampilan=semua" for path in lists), *prints, *press, *letters):
            answer = browser.get(address)
            assert answer.status_code in (200, 404), (who, address)
            if answer.status_code == 200:
                found[who, address] = everything_in(answer)
    return found


def test_a_judul_aman_stands_alone_in_everything_that_leaves(people, login, guarded):
    _browser, letter = write(login, guarded)
    before = carried_away(login, guarded, [letter], [OPERATOR])
    assert any(CANARY.search(told) for told in before.values()), "the canary sings while nothing is guarded"
    actions.set_secrecy(guarded, people[HEAD], safe_title=SAFE)
    hide_news(guarded, people[HEAD])
    db.session.commit()
    found = carried_away(login, guarded, [letter])
    leaks = {where: CANARY.search(told) for where, told in found.items() if CANARY.search(told)}
    assert not leaks
    at = f"/tiket/{guarded.id}/cetak.pdf"
    assert all(SAFE in found[who, at] for who in READERS)
    assert "bukti-" in found[ADMIN, at]


def test_a_restricted_matter_leaves_with_its_named_officers_alone(people, login, guarded):
    _browser, letter = write(login, guarded)
    actions.set_secrecy(guarded, people[HEAD], safe_title=SAFE, named=[people[HEAD].person_id])
    hide_news(guarded, people[HEAD])
    db.session.commit()
    for (who, address), told in carried_away(login, guarded, [letter]).items():
        assert not CANARY.search(told), (who, address)
        assert who == HEAD or guarded.number not in told or f"/{guarded.id}/" not in address, (who, address)
        assert who == HEAD or SAFE not in told or address.startswith(("/pantauan", "/isu")), (who, address)
