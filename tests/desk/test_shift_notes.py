"""Catatan giliran: what one shift leaves for the next."""

from app.core.events import Event
from app.extensions import db
from app.tickets.models import ShiftNote
from tests.harness import client as browsing
from tests.tickets import desk


def test_it_stands_on_the_desk_until_somebody_has_done_it(people, login, visit_as):
    browsing.post(login(desk.OPERATOR), "/giliran", text="Telepon Perumda pukul 7.")
    note = db.session.query(ShiftNote).one()
    assert "Telepon Perumda" in visit_as(desk.HEAD)("/").text()
    browsing.post(login(desk.HEAD), f"/giliran/{note.id}", do="sudah")
    assert "Telepon Perumda" not in visit_as(desk.OPERATOR)("/").text()
    assert "selesai oleh" in visit_as(desk.OPERATOR)("/giliran").text()
    kinds = db.session.scalars(db.select(Event.kind).where(Event.stream == f"shift:{note.id}").order_by(Event.seq))
    assert list(kinds) == ["shift.note", "shift.done"]


def test_an_empty_one_is_refused_and_others_know_of_none(people, login):
    answer = browsing.post(login(desk.OPERATOR), "/giliran", text=" ")
    assert answer.status_code == 422 and "Tulis catatannya" in answer.text
    assert login(desk.ADMIN).get("/giliran").status_code == 404
