"""Personal data is opened with a reason, written down first, and shown in that answer alone."""

import pytest

from app.core.events import Event
from app.extensions import db
from app.monitoring.models import Shielded
from tests.desk.test_sorting import kinds, send
from tests.factories import make_alert

OPERATOR = "operator@diskominfo.demo"
PLAIN = {}


@pytest.fixture
def alert(db_session):
    made = make_alert("Hubungi [nomor telepon]")
    db.session.add(
        Shielded(alert_id=made.id, kinds=["nomor telepon"], title="Hubungi 081234567890", text="Isi", author="")
    )
    db.session.commit()
    return made


def test_the_reader_says_what_is_masked_and_shows_none_of_it(login, alert):
    text = login(OPERATOR).get(f"/pantauan/{alert.id}").text
    assert "Disamarkan: nomor telepon." in text and "081234567890" not in text


@pytest.mark.parametrize("headers", [PLAIN, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_with_a_reason_it_is_shown_once_and_written_down(login, alert, headers):
    client = login(OPERATOR)
    answer = send(client, alert, "data-pribadi", headers, reason="Menghubungi pelapor")
    assert answer.status_code == 200 and "081234567890" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    event = db.session.scalar(db.select(Event).where(Event.kind == "alert.unmasked"))
    assert event.after == {"kinds": ["nomor telepon"]} and "081234567890" not in str(event.after)
    page = client.get(f"/pantauan/{alert.id}").text
    assert "membuka data pribadi (nomor telepon). Alasan: Menghubungi pelapor" in page and "081234567890" not in page


@pytest.mark.parametrize("reason", ["", "perlu", "1234567890 12"])
def test_without_a_real_reason_nothing_is_shown(login, alert, reason):
    answer = send(login(OPERATOR), alert, "data-pribadi", PLAIN, reason=reason)
    assert answer.status_code == 422 and "081234567890" not in answer.text
    assert "alert.unmasked" not in kinds(f"alert:{alert.id}")


def test_an_alert_without_masks_has_nothing_to_open(login, db_session):
    client, alert = login(OPERATOR), make_alert("Jalan rusak")
    assert "Disamarkan" not in client.get(f"/pantauan/{alert.id}").text
    data = {"csrf_token": "x", "reason": "Menghubungi pelapor"}
    assert client.post(f"/pantauan/{alert.id}/data-pribadi", data=data).status_code in (400, 404)
