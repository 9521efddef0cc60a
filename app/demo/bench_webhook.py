"""Measures the signed webhook: batches of 100, all of them new, then all of them again under other ids."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

from flask import current_app

from app.core import clock
from app.demo.bench_intake import Row, timed
from app.extensions import db
from app.monitoring import actions
from app.monitoring.rules import signing
from app.monitoring.rules.kinds import SourceKind

BATCH = 100
MOST = 20_000
"""What the limit of one source lets through in a minute, twice over."""


def deliver(rows: int) -> list[Row]:
    """Deliver items as a machine would, the whole request measured. Writes: run it on demo data only."""
    mark = uuid.uuid4().hex[:8]
    source = actions.add_source({"name": f"Pengukuran webhook {mark}", "kind": SourceKind.WEBHOOK}, None)
    secret, source_id = actions.new_secret(source), source.id
    db.session.commit()
    bodies = [_body(mark, first) for first in range(0, min(rows, MOST), BATCH)]
    called, count = ("webhook baru", "webhook berulang"), len(bodies) * BATCH
    return [timed(name, count, lambda: _push(source_id, secret, bodies)) for name in called]


def _body(mark: str, first: int) -> bytes:
    return json.dumps({"items": [_item(mark, number) for number in range(first, first + BATCH)]}).encode()


def _item(mark: str, number: int) -> dict:
    return {
        "external_id": f"{mark}-{number}",
        "title": f"Warga {number} menanyakan jadwal air bersih di Loa Kulu",
        "text": f"Keterangan ke-{number}: air PDAM belum mengalir di RT {number % 40}, warga menunggu truk tangki.",
        "url": f"https://kabaretam.example/kirim/{mark}-{number}",
        "published_at": (clock.now() - timedelta(minutes=number % 10_000)).isoformat(),
        "media": "Kabar Etam",
        "sentiment": "negatif",
    }


def _push(source_id: int, secret: str, bodies: list[bytes]) -> None:
    browser = current_app.test_client()
    for body in bodies:
        webhook_id, stamp = uuid.uuid4().hex, str(int(clock.now().timestamp()))
        signed = {
            "webhook-id": webhook_id,
            "webhook-timestamp": stamp,
            "webhook-signature": signing.signature(secret, webhook_id, stamp, body),
        }
        answer = browser.post(f"/api/v1/alerts/{source_id}", data=body, headers=signed)
        if answer.status_code != 202:
            raise RuntimeError(f"the webhook answered {answer.status_code}")
