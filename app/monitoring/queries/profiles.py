"""Questions about profiles: how the layouts of a source are read."""

from __future__ import annotations

from sqlalchemy import select

from app.extensions import db
from app.monitoring.models import Profile


def profile_named(name: str) -> Profile | None:
    """The profile of that name."""
    return db.session.scalar(select(Profile).where(Profile.name == name))


def profile_for(source_id: int, signature: str) -> Profile | None:
    """The profile that reads a header of that signature from a source."""
    own = select(Profile).where(Profile.source_id == source_id, Profile.signature == signature)
    return db.session.scalar(own)


def has_profiles(source_id: int) -> bool:
    """Whether any layout of a source is remembered."""
    return db.session.scalar(select(Profile.id).where(Profile.source_id == source_id).limit(1)) is not None
