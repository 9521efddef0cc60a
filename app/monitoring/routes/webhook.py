"""POST /api/v1/alerts/<source>: deliveries of machines, signed by Standard Webhooks (design.md §7)."""

from __future__ import annotations

from flask import jsonify, request
from flask_limiter import RequestLimit
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import RequestEntityTooLarge

from app.core import clock, storage
from app.extensions import db, limiter, only_reading
from app.monitoring import actions, queries
from app.monitoring.models import Source
from app.monitoring.readers import Refused, pushed
from app.monitoring.routes import bp
from app.monitoring.rules import signing
from app.web.access import by_signature

PER_SOURCE = "3000 per minute"
PER_ADDRESS = "300 per minute"
PAUSE_SECONDS = 60

WRONG = "Tanda tangan, waktu, atau sumbernya tidak cocok."
TOO_LARGE = "Paling banyak 1 MB sekali kirim. Bagi menjadi beberapa kiriman."
PAUSED = "Sumber ini sedang dijeda. Kirim lagi nanti."
TOO_OFTEN = "Terlalu banyak kiriman. Tunggu sebentar, lalu kirim lagi."
NO_ROOM = "Ruang penyimpanan hampir habis. Kirim lagi nanti."


class NotTaken(Exception):
    """Why a delivery is refused, as the sender is told."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


def _source() -> str:
    return (request.view_args or {})["source"]


def _unknown(response) -> bool:
    return response.status_code == 401


def _known(response) -> bool:
    """Nobody else can use up what a source may send."""
    return response.status_code != 401


def _too_often(_limit: RequestLimit):
    return _refusal(429, TOO_OFTEN)


@bp.post("/api/v1/alerts/<source>")
@limiter.limit(lambda: PER_SOURCE, key_func=_source, deduct_when=_known, on_breach=_too_often)
@limiter.limit(PER_ADDRESS, key_func=get_remote_address, deduct_when=_unknown, on_breach=_too_often)
@by_signature
def push(source: str):
    try:
        answer, first = _take(source)
    except NotTaken as refused:
        return _refusal(refused.status, refused.words)
    except pushed.TooMany as refused:
        return _refusal(413, refused.reason)
    except Refused as refused:
        return _refusal(422, refused.reason)
    except storage.DiskFull:
        return _refusal(507, NO_ROOM)
    return jsonify(answer), 202 if first else 200


def _take(name: str):
    """Body, sender and items are looked at before the transaction that takes them in."""
    body, webhook_id = _body(), request.headers.get("webhook-id", "")
    source_id = _sender(name, webhook_id, body)
    items = pushed.read(pushed.items_of(body), clock.now())
    raw_key = storage.put(body)
    source = db.session.get_one(Source, source_id)
    taken = actions.take_delivery(source, webhook_id, items, raw_key)
    db.session.commit()
    return taken


def _body() -> bytes:
    """All of it, or 413 after the first megabyte. One sent in chunks ends at the limit, so one byte more is read."""
    request.max_content_length = pushed.MOST_BYTES + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise NotTaken(413, TOO_LARGE) from error
    if len(body) > pushed.MOST_BYTES:
        raise NotTaken(413, TOO_LARGE)
    return body


def _sender(name: str, webhook_id: str, body: bytes) -> int:
    """The source that signed this. Unknown sources and wrong signatures look alike."""
    stamp, given = request.headers.get("webhook-timestamp", ""), request.headers.get("webhook-signature", "")
    with only_reading():
        source = queries.webhook_named(name)
        found, enabled, secrets = source and source.id, source and source.enabled, actions.valid_secrets(source)
        db.session.rollback()
    fits = signing.fits(given, secrets, webhook_id, stamp, body)
    if not (found and fits and signing.is_name(webhook_id) and signing.is_timely(stamp, clock.now())):
        raise NotTaken(401, WRONG)
    if not enabled:
        raise NotTaken(429, PAUSED)
    return found


def _refusal(status: int, words: str):
    response = jsonify(error=words)
    response.status_code = status
    if status in (429, 507):
        response.headers["Retry-After"] = str(PAUSE_SECONDS)
    return response
