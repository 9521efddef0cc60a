"""A webhook's keys, and what it delivers: one delivery is one transaction and acts once."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from app.core import clock, events
from app.core.db import insert_or_ignore
from app.extensions import db
from app.monitoring.actions.ingest import Intake
from app.monitoring.actions.runs import finish_run
from app.monitoring.models import IngestRun, Source, WebhookDelivery
from app.monitoring.rules import signing
from app.monitoring.rules.kinds import RunState
from app.monitoring.rules.records import Record, Rejected
from app.people.models import Seat

KEPT = timedelta(days=7)
OLD_KEY_LIVES = timedelta(hours=24)
NOBODY = "0:nobody"


def new_secret(source: Source, by: Seat | None = None) -> str:
    """A new secret for a webhook, to be shown once. One that it had stays valid for 24 hours; an older one ends."""
    had = source.secret_salt
    if had:
        source.old_secret_salt, source.old_secret_until = had, clock.now() + OLD_KEY_LIVES
    source.secret_salt = secrets.token_hex(16)
    events.record(f"source:{source.id}", "source.secret_changed" if had else "source.secret_made", by)
    return _secret(f"{source.id}:{source.secret_salt}")


def valid_secrets(source: Source | None) -> list[str]:
    """What a delivery may be signed with. For no source one that nobody holds, so that it is as much work to refuse."""
    if source is None or not source.secret_salt:
        return [_secret(NOBODY)]
    old = bool(source.old_secret_salt and source.old_secret_until and source.old_secret_until > clock.now())
    salts = [source.secret_salt, *([source.old_secret_salt] if old else [])]
    return [_secret(f"{source.id}:{salt}") for salt in salts]


def _secret(claim: str) -> str:
    """Derived from the office's own secret, so that neither database nor backup holds it."""
    key = hmac.digest(current_app.config["SECRET_KEY"].encode(), f"webhook:{claim}".encode(), "sha256")
    return signing.secret_from(key)


def take_delivery(
    source: Source, webhook_id: str, items: Sequence[Record | Rejected], raw_key: str
) -> tuple[dict[str, Any], bool]:
    """Take the items in, once per `webhook_id`. Returns the answer, and whether it is the first of that id.

    Whoever brings the same id meanwhile waits for this transaction and gets its answer.
    """
    name = {"source_id": source.id, "webhook_id": webhook_id}
    if not insert_or_ignore(WebhookDelivery, **name, answer={}, received_at=clock.now()):
        return db.session.scalars(select(WebhookDelivery.answer).filter_by(**name)).one(), False
    run = IngestRun(source_id=source.id, state=RunState.RUNNING, raw_key=raw_key, media_type="application/json")
    db.session.add(run)
    db.session.flush()
    Intake(source).take(run, items)
    finish_run(run)
    answer = _answer(run, items)
    db.session.execute(update(WebhookDelivery).filter_by(**name).values(answer=answer))
    return answer, True


def _answer(run: IngestRun, items: Sequence[Record | Rejected]) -> dict[str, Any]:
    rejected = [{"index": each.line - 1, "reason": each.reason} for each in items if isinstance(each, Rejected)]
    return {"accepted": run.new, "repeated": run.repeated, "rejected": rejected}


def forget_deliveries() -> None:
    """Drop the ids of deliveries older than a week."""
    db.session.execute(delete(WebhookDelivery).where(WebhookDelivery.received_at < clock.now() - KEPT))
