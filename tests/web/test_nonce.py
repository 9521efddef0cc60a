"""Spent nonces are kept for a week, then forgotten by a duty of the clock."""

from datetime import timedelta

from app.core import clock, duties
from app.extensions import db
from app.web import nonce


def test_a_nonce_is_spent_once_and_forgotten_after_a_week(db_session):
    assert nonce.first_use("satu") and not nonce.first_use("satu")
    with clock.pretend(clock.now() - nonce.KEPT - timedelta(hours=1)):
        assert nonce.first_use("lama")
    duties.DUTIES["nonces.forget_old"].run()
    assert db.session.query(nonce.FormNonce).count() == 1
