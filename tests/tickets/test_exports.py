"""Lists as files: the same rows, the same permissions, nothing that a spreadsheet would calculate."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from app.core.events import Event
from app.tickets import actions
from app.tickets.rules import State
from tests.harness import client as browsing
from tests.tickets import desk, taskdesk


def read(answer, form) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("who", "many"), [(desk.OPERATOR, 2), (desk.ADMIN, 1), (desk.LEADER, 2), (desk.HEAD, 3)])
def test_a_reader_takes_along_what_the_list_shows(form, who, many, people, login):
    desk.ticket_in(State.FORWARDED, people)
    desk.ticket(people, opd="DPU", title="=1+1")
    hidden = desk.ticket(people, opd="DPU", title="Rahasia sekali")
    actions.set_secrecy(hidden, people[desk.HEAD], named=[people[desk.HEAD].person_id])
    desk.db.session.commit()
    rows = read(login(who).get(f"/tiket/unduh.{form}?tampilan=semua"), form)
    assert rows[0][0] == "Nomor" and len(rows) == 1 + many
    assert ("Rahasia sekali" in str(rows)) is (who == desk.HEAD)
    assert "=1+1" not in [cell for row in rows for cell in row] or form == "xlsx"


def test_krisis_stays_a_word_of_diskominfo(people, login):
    ticket = desk.ticket_in(State.FORWARDED, people)
    actions.set_level(ticket, people[desk.HEAD], "krisis")
    desk.db.session.commit()
    told = {who: login(who).get("/tiket/unduh.csv?tampilan=semua").text for who in (desk.HEAD, desk.ADMIN, desk.LEADER)}
    assert "Krisis" in told[desk.HEAD]
    assert "Krisis" not in told[desk.ADMIN] and "Krisis" not in told[desk.LEADER]


@pytest.mark.parametrize("path", ["/pantauan", "/isu"])
def test_other_lists_too(path, people, login):
    desk.alert(title="Jalan rusak", sensitive=True, safe_title="Perkara satu")
    desk.alert(title="Air mati")
    desk.db.session.commit()
    answer = login(desk.OPERATOR).get(f"{path}/unduh.csv")
    assert answer.status_code == 200 and "Jalan rusak" not in answer.text
    assert login(desk.ADMIN).get("/pantauan/unduh.csv").status_code == 404


def test_tasks_leave_as_tasks(people, login):
    taskdesk.task(people, text="Tambal jalan masuk sekolah")
    rows = read(login(desk.OTHER_ADMIN).get("/tiket/unduh.csv?tampilan=tugas"), "csv")
    assert rows[0][:3] == ["Tiket", "Tugas", "Yang diminta"] and rows[1][2] == "Tambal jalan masuk sekolah"
    page = browsing.parse(login(desk.OTHER_ADMIN).get("/tiket?tampilan=tugas").text)
    assert page.css_first('a[href^="/tiket/unduh.csv"]').attributes["href"].endswith("tampilan=tugas")


LISTS = {
    "/surat": ("Surat", {desk.OPERATOR, desk.ADMIN}),
    "/usulan": ("Tiket", {desk.OPERATOR}),
    "/panggilan": ("Nama", {desk.OPERATOR}),
    "/surat-keluar": ("Surat", {desk.OPERATOR}),
    "/orang": ("Nama", {desk.OPERATOR, desk.ADMIN}),
}


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_a_file_for_who_sees_it(path, people, login):
    ticket = desk.ticket_in(State.FORWARDED, people)
    first, readers = LISTS[path]
    for who in (desk.OPERATOR, desk.ADMIN, desk.LEADER):
        answer = login(who).get(f"{path}/unduh.csv")
        assert answer.status_code == (200 if who in readers else 404), who
        if who in readers:
            assert read(answer, "csv")[0][0] == first
    told = login(desk.ADMIN).get("/orang/unduh.csv").text
    assert desk.NARAHUBUNG in told and desk.OTHER_ADMIN not in told
    assert ticket.number in login(desk.OPERATOR).get("/surat-keluar/unduh.csv").text


EVERY_LIST = {"orang": "/orang", "surat-keluar": "/surat-keluar", "panggilan": "/panggilan", "tiket": "/tiket",
         "usulan": "/usulan", "pantauan": "/pantauan", "isu": "/isu", "surat": "/surat"}  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_who_took_which_list_along_is_written_down(form, people, login):
    """Telephone numbers and addresses leave with some of them. Asking only for the headers takes nothing."""
    desk.ticket(people)
    browser = login(desk.OPERATOR)
    for path in EVERY_LIST.values():
        assert browser.head(f"{path}/unduh.{form}").status_code == 200
        assert len(read(browser.get(f"{path}/unduh.{form}"), form)) >= 1
    taken = desk.db.select(Event.after, Event.person_id).where(Event.kind == "list.taken").order_by(Event.id)
    told = [(after["list"], person_id) for after, person_id in desk.db.session.execute(taken)]
    assert told == [(name, people[desk.OPERATOR].person_id) for name in EVERY_LIST]
