"""Questions about what is pasted: what is known already, what may be taken back."""

from collections.abc import Iterable

from sqlalchemy import Select, String, cast, exists, literal, select

from app.core.db import among
from app.core.events import Event
from app.extensions import Base, db
from app.monitoring.models import Alert, AlertFile, AlertKey, Shielded, Source
from app.monitoring.rules.kinds import AlertState, SourceKind


def paste_source() -> Source | None:
    """The source everything pasted belongs to."""
    return db.session.scalar(select(Source).where(Source.kind == SourceKind.PASTE).order_by(Source.id).limit(1))


def known_by(keys: Iterable[str]) -> dict[str, int]:
    """Which alert each known key belongs to."""
    wanted = set(keys)
    if not wanted:
        return {}
    known = select(AlertKey.key, AlertKey.alert_id).where(among(AlertKey.key, wanted))
    return dict(db.session.execute(known).all())


def untouched(run_id: int) -> Select[int]:
    """The alerts a run brought which nobody has acted on, no other source told, and nothing else leads to."""
    told = exists().where(Event.stream == literal("alert:") + cast(Alert.id, String))
    mine = select(Alert.id).where(Alert.run_id == run_id, Alert.state == AlertState.NEW, ~told)
    return mine.where(Alert.version == 1, Alert.sightings == 1, *(~led for led in _leading_here()))


def _leading_here():
    """One condition per table of any feature whose rows point at an alert; what goes with it is left out."""
    for table in Base.metadata.sorted_tables:
        if table.name not in (AlertKey.__tablename__, AlertFile.__tablename__, Shielded.__tablename__):
            for column in table.columns:
                if any(key.column is Alert.__table__.c.id for key in column.foreign_keys):
                    yield exists().where(column == Alert.id)
