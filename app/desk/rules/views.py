"""The views and filters of the pantauan, as they stand in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.core.numbers import whole
from app.core.words import one_line
from app.monitoring.rules.kinds import AlertState, Channel, Tone

UNJUDGED = "belum"
"""The tone filter for what nobody has judged yet."""

AGES = {
    "1": ("24 jam terakhir", timedelta(days=1)),
    "7": ("7 hari", timedelta(days=7)),
    "30": ("30 hari", timedelta(days=30)),
}
OLDEST = "terlama"
LONGEST_QUERY = 200


class View(StrEnum):
    """What of the pantauan is shown; the value stands in the address."""

    NEW = "baru"
    TICKETED = "tiket"
    IGNORED = "diabaikan"
    ALL = "semua"

    @property
    def label(self) -> str:
        return {"baru": "Perlu dipilah", "tiket": "Sudah jadi tiket", "diabaikan": "Diabaikan", "semua": "Semua"}[self]

    @property
    def heading(self) -> str:
        return "Semua pantauan" if self is View.ALL else self.label

    @property
    def states(self) -> tuple[AlertState, ...]:
        return {
            View.NEW: (AlertState.NEW,),
            View.TICKETED: (AlertState.TICKETED,),
            View.IGNORED: (AlertState.IGNORED,),
            View.ALL: tuple(AlertState),
        }[self]


@dataclass(frozen=True)
class Wanted:
    """What a reader of the pantauan asked for, as read from the address; unknown values count as not asked."""

    view: View = View.NEW
    tone: Tone | str | None = None
    channel: Channel | None = None
    source_id: int | None = None
    opd_code: str = ""
    age: str = ""
    oldest_first: bool = False
    q: str = ""
    before: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Wanted":
        text = {name: one_line(args.get(name, ""))[:LONGEST_QUERY] for name in NAMES}
        return cls(
            view=View(text["tampilan"]) if text["tampilan"] in list(View) else View.NEW,
            tone=UNJUDGED if text["tone"] == UNJUDGED else _member(Tone, text["tone"]),
            channel=_member(Channel, text["kanal"]),
            source_id=whole(text["sumber"]),
            opd_code=text["opd"],
            age=text["umur"] if text["umur"] in AGES else "",
            oldest_first=text["urut"] == OLDEST,
            q=text["q"],
            before=text["sebelum"],
        )

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the view."""
        return any((self.tone, self.channel, self.source_id, self.opd_code, self.age, self.q))

    @property
    def live(self) -> bool:
        """Whether news would show on top of this page."""
        return self.view in (View.NEW, View.ALL) and not (self.oldest_first or self.q or self.before)


NAMES = ("tampilan", "tone", "kanal", "sumber", "opd", "umur", "urut", "q", "sebelum")


def _member(enum: type[StrEnum], value: str):
    return enum(value) if value in list(enum) else None
