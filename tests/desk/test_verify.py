"""`flask verify`: 0 when all agrees, 1 and a sentence when something does not."""

import io

from PIL import Image
from sqlalchemy import text

from app.core import storage
from app.extensions import db
from app.tickets import actions


def verify(app):
    return app.test_cli_runner().invoke(args=["verify"])


def a_ticket(people):
    from app.tickets.models import Ticket

    ticket = Ticket(title="Lampu jalan padam")
    db.session.add(ticket)
    db.session.flush()
    actions.note(ticket, people["operator@diskominfo.demo"], "Sudah dicek.", "shared")
    return ticket


def test_an_empty_house_agrees(app, db_session):
    assert verify(app).exit_code == 0


def test_a_changed_text_is_found(app, db_session, people):
    a_ticket(people)
    db.session.commit()
    assert verify(app).exit_code == 1  # the ticket above was never counted
    db.session.execute(text("INSERT INTO ticket_count (opd_id, state, n) VALUES (0, 'new', 1)"))
    db.session.commit()
    assert verify(app).exit_code == 0


def test_a_changed_counter_is_found(app, db_session, people):
    db.session.execute(text("INSERT INTO ticket_count (opd_id, state, n) VALUES (3, 'new', 5)"))
    db.session.commit()
    done = verify(app)
    assert done.exit_code == 1 and "tercatat 5, sebenarnya 0" in done.output


def test_a_changed_and_a_missing_file_are_found(app, db_session, people):
    ticket = a_ticket(people)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    picture.seek(0)
    evidence = actions.attach(ticket, people["operator@diskominfo.demo"], picture, "foto.png")
    db.session.commit()
    path = storage.path(evidence.key)
    path.write_bytes(b"lain")
    assert "berubah" in verify(app).output
    path.unlink()
    assert "tidak ada lagi" in verify(app).output
