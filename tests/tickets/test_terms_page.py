"""/pengaturan/tenggat: a term is added and ended, once each, with its basis; «Coba hitung» prints the arithmetic."""

from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.tickets.models import ClockChange, ClockPolicy
from tests.harness.client import read, submit
from tests.tickets import desk

URL = "/pengaturan/tenggat"
FORM = f'form[action="{URL}"]'


def test_a_term_is_added_once_refused_where_it_cannot_be_and_ended(login):
    keeper = login(desk.HEAD)
    term = {"what": "finished", "amount": "3", "unit": "working_days", "level": "segera", "basis": "Perbup 12/2026",
            "effective_on": clock.today().isoformat()}  # fmt: skip
    page = read(keeper.get(URL).text)
    wrong = submit(keeper, page, FORM, **term | {"amount": "0", "basis": ""})
    assert wrong.status_code == 422 and "Sebut dasarnya" in wrong.text
    assert [submit(keeper, page, FORM, **term).status_code for _ in range(2)] == [303, 303]
    again = submit(keeper, read(keeper.get(URL).text), FORM, **term | {"amount": "4"})
    assert again.status_code == 422 and "Sudah ada tenggat yang sama" in again.text
    row = db.session.scalars(select(ClockPolicy).where(ClockPolicy.basis == "Perbup 12/2026")).one()
    shown = read(keeper.get(f"{URL}?tingkat=segera&diterima=2026-11-27T20:00").text).css_first("#coba").text()
    assert "3 hari kerja" in shown and "Di luar jam kerja" in shown and "Perbup 12/2026" in shown
    page, end = read(keeper.get(URL).text), f'form[action="{URL}/akhiri"]'
    answers = [submit(keeper, page, end, term=str(row.id)).status_code for _ in range(2)]
    assert answers == [303, 422] and row.ends_on < clock.today()
    assert submit(keeper, page, end, term="0").status_code == 404
    says = list(db.session.scalars(select(ClockChange.says).order_by(ClockChange.id)))
    assert len(says) == 2 and "jawaban lengkap (tingkat Segera) menjadi 3 hari kerja" in says[0]
    assert all(each in read(keeper.get(URL).text).css_first("#perubahan").text() for each in ("berakhir", "Menunggu"))
