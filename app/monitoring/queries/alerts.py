"""Questions about alerts: functions that return selects of columns, ready for a list."""

from sqlalchemy import Select, String, case, cast, func, literal, select, union_all

from app.monitoring.models import Alert, Mirrored, Source
from app.monitoring.rules.kinds import AlertState, Tone
from app.people.models import Opd

SHOWN_TITLE = case((Alert.sensitive, Alert.safe_title), else_=Alert.title).label("shown_title")
"""`Alert.shown_title` for queries that select columns."""

ROW = (
    Alert.id, Alert.state, Alert.tone, SHOWN_TITLE, Alert.sensitive, Alert.media, Alert.channel, Alert.place,
    Alert.published_at, Alert.fetched_at, Alert.date_doubtful, Alert.reach, Alert.hints, Alert.ignored_reason,
    Alert.sightings, Alert.link_gone_at,
)  # fmt: skip
"""What a row of a list shows of an alert."""

MIRROR = (
    Mirrored.tracking_id, Mirrored.state.label("mirror_state"), Mirrored.raw_state, Mirrored.data_at,
)  # fmt: skip
"""What it shows of a complaint of SP4N-LAPOR! beside that; all None of everything else."""


def with_source(*columns) -> Select:
    """Rows of alerts with the name and kind of their source and the short name of the suggested OPD."""
    named = (Source.name.label("source"), Source.kind.label("source_kind"), Opd.short.label("hint"), *MIRROR)
    rows = select(*ROW, *named, *columns)
    rows = rows.join(Source, Source.id == Alert.source_id).outerjoin(Opd, Opd.id == Alert.hint_opd_id)
    return rows.outerjoin(Mirrored, Mirrored.alert_id == Alert.id)


def counted_up_to(most: int, *conditions) -> Select[int]:
    """How many alerts hold `conditions`, at most `most`: a live count of a million rows would cost 27 ms and more."""
    some = select(Alert.id).where(*conditions).limit(most).subquery()
    return select(func.count()).select_from(some)


def to_sort(most: int) -> Select[int]:
    """How many alerts wait to be sorted, at most `most`."""
    return counted_up_to(most, Alert.state == AlertState.NEW)


def tones_to_sort(most: int) -> Select:
    """One row: how many of the alerts to be sorted are negative, neutral, positive, unjudged; each at most `most`."""
    counts = {"unjudged": Alert.tone.is_(None)} | {tone.value: Alert.tone == tone for tone in Tone}
    waiting = Alert.state == AlertState.NEW
    return select(
        *(counted_up_to(most, waiting, is_so).scalar_subquery().label(name) for name, is_so in counts.items())
    )


def choices_of_filters() -> Select:
    """(filter, key, label) of every source and every OPD that can be filtered by; one statement."""
    sources = select(
        literal("sumber").label("filter"), cast(Source.id, String).label("key"), Source.name.label("label")
    )
    opds = select(literal("opd"), Opd.code, Opd.short).where(Opd.active)
    both = union_all(sources, opds).subquery()
    return select(both.c.filter, both.c.key, both.c.label).order_by(both.c.label)


def ill_sources() -> Select[Source]:
    """Sources that are switched on and do not work."""
    return select(Source).where(Source.enabled, Source.trouble != "").order_by(Source.failures.desc(), Source.name)
