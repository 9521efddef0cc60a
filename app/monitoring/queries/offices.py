"""What intake asks of the OPDs."""

from sqlalchemy import select

from app.extensions import db
from app.monitoring.rules import shield
from app.people.models import Opd


def public_names() -> frozenset[str]:
    """Names of offices: nobody's own, so they are not masked."""
    offices = db.session.execute(select(Opd.name, Opd.short, Opd.abbreviations).where(Opd.active.is_(True)))
    return shield.public_names(
        name for office in offices for name in (office.name, office.short, *office.abbreviations)
    )
