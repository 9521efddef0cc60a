"""Questions about alerts: functions that return selects of columns, ready for a list."""

from collections.abc import Iterable

from sqlalchemy import Select, case, func, literal, null, select, union_all

from app.monitoring.models import Alert, Source
from app.monitoring.rules.kinds import AlertState, Tone
from app.people.models import Opd

SHOWN_TITLE = case((Alert.sensitive, Alert.safe_title), else_=Alert.title).label("shown_title")
"""`Alert.shown_title` for queries that select columns."""

ROW = (
    Alert.id, Alert.state, Alert.tone, SHOWN_TITLE, Alert.sensitive, Alert.media, Alert.channel, Alert.place,
    Alert.published_at, Alert.date_doubtful, Alert.reach, Alert.hints, Alert.ignored_reason, Alert.sightings,
)  # fmt: skip
"""What a row of a list shows of an alert."""


def with_source(*columns) -> Select:
    """Rows of alerts with the name and kind of their source and the short name of the suggested OPD."""
    rows = select(*ROW, Source.name.label("source"), Source.kind.label("source_kind"), Opd.short.label("hint"), *columns)
    return rows.join(Source, Source.id == Alert.source_id).outerjoin(Opd, Opd.id == Alert.hint_opd_id)


def counted_up_to(most: int, *conditions) -> Select[tuple[int]]:
    """How many alerts hold `conditions`, at most `most`: a live count of a million rows would cost 27 ms and more."""
    some = select(Alert.id).where(*conditions).limit(most).subquery()
    return select(func.count()).select_from(some)


def to_sort(most: int) -> Select[tuple[int]]:
    """How many alerts wait to be sorted, at most `most`."""
    return counted_up_to(most, Alert.state == AlertState.NEW)


def tones_to_sort(most: int) -> Select:
    """(negative, neutral, positive, unjudged) among the alerts to be sorted, each at most `most`; one row."""
    tones: Iterable[Tone | None] = (*Tone, None)
    return select(
        *(
            counted_up_to(most, Alert.state == AlertState.NEW, Alert.tone.is_(tone) if tone is None else Alert.tone == tone)
            .scalar_subquery()
            .label(tone.value if tone else "unjudged")
            for tone in tones
        )
    )


def choices_of_filters() -> Select:
    """(kind, key, label) of every source and every OPD that can be filtered by; one statement."""
    sources = select(literal("source").label("kind"), Source.id.label("key"), Source.name.label("label"), null().label("code"))
    opds = select(literal("opd"), Opd.id, Opd.short, Opd.code).where(Opd.active)
    both = union_all(sources, opds).subquery()
    return select(both.c.kind, both.c.key, both.c.label, both.c.code).order_by(both.c.kind, both.c.label)


def ill_sources() -> Select[tuple[Source]]:
    """Sources that are switched on and do not work."""
    return select(Source).where(Source.enabled, Source.trouble != "").order_by(Source.failures.desc(), Source.name)
