"""What operators made of the bundled items of the last fortnight; those of the last morning still wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from sqlalchemy import select, update

from app.core import calendar, clock
from app.demo.stage import Calendar, Play
from app.demo.story.people import RIZKY
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.models import Alert
from app.tickets import actions

LOOKED_AFTER = timedelta(minutes=35)
FETCHED_AFTER = timedelta(minutes=12)
MORNING = "08.45"
LAST_LOOK = "06.30"

TO_STORY = {
    "air-tenggarong-seberang": (
        "air-keruh-kerta-buana",
        "air-keruh-meluas",
        "100201",
        "pompa-bukit-raya",
        "pesutmahakam",
    ),
    "jalan-kota-bangun": ("poros-kota-bangun", "DEMO0001", "dinas-pu-janji"),
    "atap-sd-muara-muntai": ("plafon-sd", "guru.hulu", "orang-tua-galang", "sekolah-rusak-muara"),
    "antrean-poli-anak": ("antrean-rsud", "100355", "tambah-loket"),
    "lampu-anggana": ("lampu-jalan-padam", "DEMO0002", "pju-anggana"),
    "sampah-loa-janan": ("sampah-tps", "100478", "volume-sampah"),
    "elpiji-tenggarong": ("elpiji-langka", "100562"),
}
"""Story → parts of addresses of the items that were merged into its ticket."""

TO_OPD = {
    "sinyal-lamin-telihan": ("DISKOMINFO", True),
    "dokter-gigi": ("DINKES", True),
    "tbs-turun": ("DISBUN", True),
    "pkl-tangga-arung": ("SATPOLPP", True),
    "setrum-ikan": ("DKP", True),
    "banjir-muara-kaman": ("BPBD", True),
    "parkir-depan-sekolah": ("DISHUB", False),
    "debu-separi": ("DLHK", False),
}
"""Part of an address → the OPD that got a ticket of its own, and whether it has taken it on."""

IGNORED = {
    "seremonial": ("bank-sampah", "posyandu", "festival", "predikat", "desa-digital", "wisata-pela", "drainase-timbau"),
    "iklan": ("adv-pasar-murah", "100511", "kuliner"),
    "ganda": ("Perbaikan Pompa Air",),
    "lain": ("etam-fc", "DEMO0003", "kebakaran-loa-ipuh", "dermaga"),
}
Act = Callable[[], None]


@dataclass
class Sorter:
    """Decides at what time which bundled item became what."""

    plays: Sequence[Play]
    days: Calendar

    def moments(self) -> Iterator[tuple[datetime, Act]]:
        """Everything that was done to bundled items, each with its time."""
        until = self.days.instant(0, LAST_LOOK)
        for alert in db.session.scalars(select(Alert).where(Alert.published_at < until).order_by(Alert.published_at)):
            yield from islice(self._moment(alert), 1)

    def _moment(self, alert: Alert) -> Iterator[tuple[datetime, Act]]:
        at = self._looked_at(alert.published_at)
        for play in self.plays:
            if _named(alert, TO_STORY.get(play.story.name, ())):
                yield max(at, play.opened_at + LOOKED_AFTER), partial(self._merge, alert, play)
        for part, (opd, taken_on) in TO_OPD.items():
            if part in alert.url:
                yield at, partial(self._promote, alert, opd, taken_on)
        for reason, parts in IGNORED.items():
            if _named(alert, parts):
                yield at, partial(sorting.ignore, [alert], self._operator, reason)

    def _looked_at(self, published_at: datetime) -> datetime:
        """Soon on a working day; what comes at night or on a free day is seen the next working morning."""
        here = clock.local(published_at + LOOKED_AFTER)
        morning = here.replace(hour=8, minute=45)
        if calendar.is_working_day(here.date(), self.days.off) and 8 <= here.hour < 16:
            return here
        while morning < here or not calendar.is_working_day(morning.date(), self.days.off):
            morning += timedelta(days=1)
        return min(morning, clock.local(self.days.instant(0, MORNING)))

    @property
    def _operator(self):
        return self.plays[0].seats[RIZKY]

    def _merge(self, alert: Alert, play: Play) -> None:
        actions.merge([alert], play.ticket, self._operator)

    def _promote(self, alert: Alert, opd: str, taken_on: bool) -> None:
        ticket = actions.promote([alert], self._operator, {"opd": opd})
        admin = self.plays[0].seats[RIZKY if opd == "DISKOMINFO" else f"admin_opd:{opd}"]
        if taken_on:
            with clock.pretend(clock.now() + timedelta(minutes=2)):
                actions.move(ticket, "take_on", admin)


def _named(alert: Alert, parts: Sequence[str]) -> bool:
    return any(part in alert.url or part in alert.title for part in parts)


def arrived_in_time(now: datetime) -> None:
    """Bundled items are read in one go; let each have come when its feed would have been asked."""
    for alert in db.session.scalars(select(Alert)):
        at = min(alert.published_at + FETCHED_AFTER, now)
        db.session.execute(update(Alert).where(Alert.id == alert.id).values(fetched_at=at))
    db.session.expire_all()
