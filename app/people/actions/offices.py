"""Verbs about offices."""

from sqlalchemy import func, select

from app.core import events
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Opd, Seat
from app.people.rules import HEAD_FIELDS, OPD_FIELDS


def add_opd(code: str, values: dict, by: Seat) -> Opd:
    """A new OPD or outside body at the end of the order. Raises Refused when the code is taken."""
    if db.session.scalar(select(Opd.id).where(Opd.code == code)):
        raise Refused({"code": "Kode ini sudah dipakai. Pilih kode lain."})
    last = db.session.scalar(select(func.max(Opd.position))) or 0
    opd = Opd(code=code, position=last + 1, inferred=[], **{name: values[name] for name in OPD_FIELDS})
    db.session.add(opd)
    db.session.flush()
    events.record(f"opd:{opd.id}", "opd.added", by, opd_id=opd.id, after={"code": code, "name": opd.name})
    return opd


def change_opd(opd: Opd, values: dict, checked: set[str], by: Seat) -> bool:
    """Take over changed fields. A field that was changed or `checked` is no longer a guess of ours."""
    changed = [name for name in OPD_FIELDS if values[name] != getattr(opd, name)]
    inferred = [name for name in opd.inferred if name not in checked and name not in changed]
    if not changed and inferred == opd.inferred:
        return False
    before = {name: getattr(opd, name) for name in changed}
    for name in changed:
        setattr(opd, name, values[name])
    after = {name: values[name] for name in changed} | {"checked": sorted(set(opd.inferred) - set(inferred))}
    opd.inferred = inferred
    events.record(f"opd:{opd.id}", "opd.changed", by, opd_id=opd.id, before=before, after=after)
    return True


def change_head(opd: Opd, values: dict, by: Seat) -> bool:
    """Who heads the OPD, how to reach the head, and which answers the head approves."""
    changed = [name for name in HEAD_FIELDS if values[name] != getattr(opd, name)]
    if not changed:
        return False
    before = {name: getattr(opd, name) for name in changed}
    for name in changed:
        setattr(opd, name, values[name])
    after = {name: values[name] for name in changed}
    events.record(f"opd:{opd.id}", "opd.head_changed", by, opd_id=opd.id, before=before, after=after)
    return True
