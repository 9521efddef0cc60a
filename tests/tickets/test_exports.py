"""Lists as files: the same rows, the same permissions, nothing that a spreadsheet would calculate."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from app.tickets import actions
from app.tickets.rules import State
from tests.tickets import desk


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
