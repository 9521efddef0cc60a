"""Verbs about profiles: the layout of a source's sheets, remembered as data."""

from __future__ import annotations

from sqlalchemy import update

from app.core import events
from app.core.db import changed
from app.core.refused import Refused
from app.extensions import db
from app.monitoring import queries
from app.monitoring.models import IngestRun, Profile, Source
from app.monitoring.rules.mapping import Mapping
from app.people.models import Seat

NAME_TAKEN = "Profil bernama '{}' sudah ada. Pakai nama lain."
KNOWN = "Susunan kolom ini sudah dikenal sebagai profil '{}'."
IN_USE = "Susunan '{}' sedang dipakai membaca berkas. Tunggu sampai selesai, lalu lupakan."
INCOMPLETE = "Belum lengkap: tentukan kolom untuk tanggal, dan untuk judul atau isi."


def remember_layout(source: Source, name: str, mapping: Mapping, by: Seat | None) -> Profile:
    """From now on sheets of `source` with this header are read so. Raises Refused."""
    if not mapping.complete:
        raise Refused({"columns": INCOMPLETE})
    if queries.profile_named(name):
        raise Refused({"name": NAME_TAKEN.format(name)})
    if known := queries.profile_for(source.id, mapping.signature):
        raise Refused({"file": KNOWN.format(known.name)})
    seat_id = by.id if by else None
    kept = {"signature": mapping.signature, "mapping": mapping.to_dict(), "seat_id": seat_id}
    profile = Profile(name=name, source_id=source.id, **kept)
    db.session.add(profile)
    db.session.flush()
    events.record(f"source:{source.id}", "source.profile_added", by, after={"name": name}, ref_id=profile.id)
    return profile


def forget_layout(profile: Profile, by: Seat) -> None:
    """«Lupakan»: sheets of this layout are asked about again. Runs keep what they brought; history keeps the layout.

    Raises Refused while a file is read by it.
    """
    if queries.is_reading_by(profile.id):
        raise Refused({"profile": IN_USE.format(profile.name)})
    mine = update(IngestRun).where(IngestRun.profile_id == profile.id).values(profile_id=None)
    runs = changed(mine.execution_options(synchronize_session=False))
    before = {"name": profile.name, "mapping": profile.mapping}
    stream = f"source:{profile.source_id}"
    events.record(stream, "source.profile_forgotten", by, before=before, after={"runs": runs}, ref_id=profile.id)
    db.session.delete(profile)
