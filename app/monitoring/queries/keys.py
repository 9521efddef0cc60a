"""Questions about the keys by which items are known again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.extensions import db
from app.monitoring.models import AlertKey


def known_keys(wanted: Collection[str]) -> set[str]:
    """Those of the keys that an alert bears already."""
    return set(db.session.scalars(select(AlertKey.key).where(AlertKey.key.in_(wanted)))) if wanted else set()
