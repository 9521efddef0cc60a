"""Who saw what: which events are an opening of something hidden, and what is asked about them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.numbers import whole

OPENED = {
    "alert.original_opened": "judul asli",
    "alert.unmasked": "data pribadi",
    "ticket.original_opened": "judul asli",
}
"""Kind of event → what was opened."""
USUAL = timedelta(days=29)
_ITEM = re.compile(r"(?i)(#|tiket|pantauan)?\W*([0-9]{1,12})")
_STREAMS = {"#": ("ticket",), "tiket": ("ticket",), "pantauan": ("alert",), "": ("alert", "ticket")}


@dataclass(frozen=True)
class Asked:
    """What is asked: a period of whole local days, one person or all, one item or all."""

    since: date
    until: date
    person_id: int | None = None
    item: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], today: date) -> "Asked":
        """From a query string or a form; what is no day is the usual one, and a period turned around is turned back."""
        until = _day(args.get("sampai", ""), today)
        since = _day(args.get("dari", ""), until - USUAL)
        return cls(min(since, until), max(since, until), whole(args.get("orang")), args.get("hal", "").strip()[:40])

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams of the item: «#0412», «pantauan 12», or a number alone, which may be either. Empty: all."""
        if not self.item:
            return ()
        match = _ITEM.fullmatch(self.item)
        return tuple(f"{kind}:{int(match[2])}" for kind in _STREAMS[(match[1] or "").lower()]) if match else ("?",)

    @property
    def args(self) -> dict[str, str]:
        """As it stands in an address and in a form."""
        told = {"dari": self.since.isoformat(), "sampai": self.until.isoformat(), "hal": self.item}
        return told | ({"orang": str(self.person_id)} if self.person_id else {})


def opened(kind: str, after: Mapping | None) -> str:
    """«data pribadi (NIK, nomor telepon)»"""
    kinds = ", ".join((after or {}).get("kinds", ()))
    return f"{OPENED[kind]} ({kinds})" if kinds else OPENED[kind]


def _day(text: str, usual: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return usual
