"""Where news comes from (Source, Profile, IngestRun, RejectedRow) and what came (Alert and its parts, Isu, Inbound)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.extensions import Base
from app.monitoring.rules.kinds import AlertState, Channel, MirrorState, RunState, SourceKind, Tone

SEARCH_OF_A_SITE = "search/site"
"""The media type of a run that reads no bytes of its own but looks for the feeds of a site."""


class Source(Base):
    """A feed, a kind of sheet, a webhook or the SP4N mirror."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[SourceKind]
    url: Mapped[str] = mapped_column(String(1000), default="")
    channel: Mapped[Channel] = mapped_column(default=Channel.NEWS)
    every_minutes: Mapped[int] = mapped_column(default=15)
    enabled: Mapped[bool] = mapped_column(default=True)
    government: Mapped[bool] = mapped_column(default=False)
    next_poll_at: Mapped[datetime | None] = mapped_column(index=True)
    polled_at: Mapped[datetime | None]
    worked_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(300), default="")
    etag: Mapped[str] = mapped_column(String(300), default="")
    last_modified: Mapped[str] = mapped_column(String(100), default="")
    body_hash: Mapped[str] = mapped_column(String(64), default="")
    secret_salt: Mapped[str] = mapped_column(String(32), default="")
    old_secret_salt: Mapped[str] = mapped_column(String(32), default="")
    old_secret_until: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Profile(Base):
    """How the columns of one layout are read: confirmed by a person, found again by the signature of its header."""

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("source_id", "signature"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    signature: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict]
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class IngestRun(Base):
    """One reading of one feed or file. The raw bytes are kept under `raw_key`.

    `data_at` is how old a mirror says its data is. `asked` is what a waiting person is shown of the file
    (rules.asking.Question as a dict; of a search for feeds those that were found), empty when nothing is asked.
    """

    __tablename__ = "ingest_run"
    __table_args__ = (Index("ix_ingest_run_source", "source_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    state: Mapped[RunState] = mapped_column(default=RunState.WAITING)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    raw_key: Mapped[str] = mapped_column(String(64), default="")
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int | None]
    new: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(500), default="")
    profile_id: Mapped[int | None] = mapped_column(ForeignKey("profile.id"))
    data_at: Mapped[datetime | None]
    asked: Mapped[dict] = mapped_column(default=dict, server_default="{}", deferred=True)

    source: Mapped[Source] = relationship(lazy="joined", innerjoin="unnested")

    @property
    def is_search(self) -> bool:
        """Whether it reads no feed or file but looks for the feeds of a site."""
        return self.media_type == SEARCH_OF_A_SITE


class WebhookDelivery(Base):
    """A delivery that was taken in, under its sender's id, with what was answered. Kept for a week."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (UniqueConstraint("source_id", "webhook_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    webhook_id: Mapped[str] = mapped_column(String(200))
    answer: Mapped[dict]
    received_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class RejectedRow(Base):
    """A row that could not become an alert: kept whole, with the reason in plain words.

    `settled_as` tells what became of it afterwards: new, repeated (read again, corrected) or dropped. `hidden` holds
    the cells as they came in which the shield masked something, until the row has become an alert.
    """

    __tablename__ = "rejected_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("ingest_run.id"), index=True)
    row_no: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    raw: Mapped[dict]
    settled_at: Mapped[datetime | None]
    settled_as: Mapped[str] = mapped_column(String(16), default="", server_default="")
    hidden: Mapped[dict] = mapped_column(default=dict, server_default="{}")


class Alert(Base):
    """Pantauan: one distinct item that was seen, however often and wherever it arrived.

    `seen_hash` is the SHA-256 of headline, text, URL and time as they came, before the shield masked anything.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_state_published", "state", "published_at", "id"),
        Index("ix_alert_state_tone", "state", "tone", "published_at", "id"),
        Index("ix_alert_state_channel", "state", "channel", "published_at", "id"),
        Index("ix_alert_state_source", "state", "source_id", "published_at", "id"),
        Index("ix_alert_state_hint", "state", "hint_opd_id", "published_at", "id"),
        Index("ix_alert_published", "published_at", "id"),
        {"sqlite_autoincrement": True},  # the number of an alert that was undone is never given again
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("ingest_run.id"), index=True)
    external_id: Mapped[str] = mapped_column(String(200), default="")
    url: Mapped[str] = mapped_column(String(2000), default="")
    title: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(default="")
    media: Mapped[str] = mapped_column(String(120), default="")
    channel: Mapped[Channel] = mapped_column(default=Channel.NEWS)
    author: Mapped[str] = mapped_column(String(120), default="")
    published_at: Mapped[datetime]
    date_doubtful: Mapped[bool] = mapped_column(default=False)
    fetched_at: Mapped[datetime] = mapped_column(default=clock.now)
    reach: Mapped[int | None]
    tone_source: Mapped[Tone | None]
    tone_final: Mapped[Tone | None]
    tone: Mapped[Tone | None]
    place: Mapped[str] = mapped_column(String(120), default="")
    hint_opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"))
    hints: Mapped[list] = mapped_column(default=list)
    state: Mapped[AlertState] = mapped_column(default=AlertState.NEW)
    ignored_reason: Mapped[str] = mapped_column(String(32), default="")
    sightings: Mapped[int] = mapped_column(default=1)
    sensitive: Mapped[bool] = mapped_column(default=False)
    safe_title: Mapped[str] = mapped_column(String(300), default="")
    raw: Mapped[dict] = mapped_column(default=dict)
    seen_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    link_checked_at: Mapped[datetime | None]
    link_gone_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    source: Mapped[Source] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def stream(self) -> str:
        return f"alert:{self.id}"

    @property
    def shown_title(self) -> str:
        """The only title anybody is shown in lists, mail and search: the judul aman where there is one."""
        return self.safe_title if self.sensitive else self.title


class AlertKey(Base):
    """What makes an item the same item: source + external id, canonical URL, or fingerprint (hashed)."""

    __tablename__ = "alert_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)


class Shielded(Base):
    """What the shield took out of an alert at intake: the words as they came, opened only with a reason."""

    __tablename__ = "shielded"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    kinds: Mapped[list]
    title: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(String(120), default="")


class Mirrored(Base):
    """A complaint of SP4N-LAPOR!, as its export tells it. It is answered there; here it is only seen (cermin)."""

    __tablename__ = "mirrored"
    __table_args__ = (Index("ix_mirrored_state", "state", "reported_at", "alert_id"),)

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    tracking_id: Mapped[str] = mapped_column(String(20), unique=True)
    raw_state: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[MirrorState] = mapped_column(default=MirrorState.UNKNOWN)
    kind: Mapped[str] = mapped_column(String(80), default="")
    category: Mapped[str] = mapped_column(String(200), default="")
    agency: Mapped[str] = mapped_column(String(200), default="")
    reporter_hidden: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime]
    data_at: Mapped[datetime]
    entered_at: Mapped[datetime | None]
    entered_by: Mapped[str] = mapped_column(String(200), default="")


class AlertFile(Base):
    """A picture, video or letter that reached the operator with an alert. A video can only be downloaded."""

    __tablename__ = "alert_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Inbound(Base):
    """A letter that came to the mailbox: taken in as alerts through `run_id`, or refused with the reason.

    `message_id` makes a letter that is fetched twice the same letter: its seat, or 0 when it was refused, and its
    Message-ID. So nobody who forges an id can have another one's letter taken for known. The raw letter is kept under
    `raw_key` when it was taken in; refused ones are left to the mailbox.
    """

    __tablename__ = "inbound"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(250), unique=True)
    sender: Mapped[str] = mapped_column(String(250))
    subject: Mapped[str] = mapped_column(String(300), default="")
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    received_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    raw_key: Mapped[str] = mapped_column(String(64), default="")
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(300), default="")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("ingest_run.id"))


class Isu(Base):
    """A matter in the news: alerts that a person put together.

    A merged isu keeps its own links and points at the one it went into, so that taking it out again leaves no
    residue. `root_id` is where its links are shown: itself, or the end of that way.
    """

    __tablename__ = "isu"
    __table_args__ = (Index("ix_isu_opened", "opened_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    into_id: Mapped[int | None] = mapped_column(ForeignKey("isu.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("isu.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def stream(self) -> str:
        return f"isu:{self.id}"


class IsuLink(Base):
    """An alert belongs to one isu at most."""

    __tablename__ = "isu_link"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    isu_id: Mapped[int] = mapped_column(ForeignKey("isu.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)
