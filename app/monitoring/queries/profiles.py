"""Questions about profiles: how the layouts of a source are read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.monitoring.models import IngestRun, Profile
from app.monitoring.queries.sources import OPEN_RUNS


def profile_named(name: str) -> Profile | None:
    """The profile of that name."""
    return db.session.scalar(select(Profile).where(Profile.name == name))


def profile_for(source_id: int, signature: str) -> Profile | None:
    """The profile that reads a header of that signature from a source."""
    own = select(Profile).where(Profile.source_id == source_id, Profile.signature == signature)
    return db.session.scalar(own)


def profiles_of(source_id: int) -> Sequence[Profile]:
    """The layouts of a source, those used last first."""
    own = select(Profile).where(Profile.source_id == source_id)
    return db.session.scalars(own.order_by(Profile.used_at.desc().nulls_last(), Profile.id.desc())).all()


def is_reading_by(profile_id: int) -> bool:
    """Whether a file is about to be read by this layout, or is being read."""
    reading = select(IngestRun.id).where(IngestRun.profile_id == profile_id, IngestRun.state.in_(OPEN_RUNS))
    return db.session.scalar(reading.limit(1)) is not None


def free_profile_name(name: str) -> str:
    """`name`, or with a number behind it if a profile is called so."""
    taken = set(db.session.scalars(select(Profile.name).where(Profile.name.startswith(name[:110], autoescape=True))))
    numbered = (f"{name[:110]} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def has_profiles(source_id: int) -> bool:
    """Whether any layout of a source is remembered."""
    return db.session.scalar(select(Profile.id).where(Profile.source_id == source_id).limit(1)) is not None
