"""One-time form nonces: a form that is sent twice acts once (design.md §7)."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import insert_or_ignore
from app.core.duties import every
from app.extensions import Base, db

KEPT = timedelta(days=7)


class FormNonce(Base):
    """A nonce that has been used; its form has acted."""

    __tablename__ = "form_nonce"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(index=True)


def fresh() -> str:
    """A nonce for a form about to be shown. Nothing is stored."""
    return secrets.token_urlsafe(16)


def first_use(nonce: str) -> bool:
    """Spend `nonce` in the running transaction; False when a form with it has already acted.

    A form without a nonce (a script's) counts as a first use. If the transaction is rolled back
    the nonce is unspent again.
    """
    if not nonce:
        return True
    digest = hashlib.sha256(nonce.encode()).hexdigest()
    return insert_or_ignore(FormNonce, digest=digest, used_at=clock.now())


@every(24 * 3600, "nonces.forget_old")
def forget_old() -> None:
    """Drop nonces older than a week."""
    db.session.execute(delete(FormNonce).where(FormNonce.used_at < clock.now() - KEPT))
