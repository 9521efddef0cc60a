"""The way of every verb on a page of the agenda: once per nonce, not over a stale screen, and nothing typed is lost."""

from collections.abc import Callable

from app.core import storage
from app.core.refused import Refused
from app.core.uploads import NotAllowedFile
from app.extensions import db
from app.web import nonce
from app.web.conflicts import first
from app.web.forms import Form

DONE, STALE, WRONG, NO_ROOM = 303, 409, 422, 507
FULL = "Ruang penyimpanan server hampir penuh, jadi belum tersimpan. Beri tahu admin sistem, lalu coba lagi."


def carry_out(form: Form, act: Callable[[], object], thing=None, *, stream: str = "") -> int:
    """DONE when it was carried out, now or by an earlier sending of the same form; else the status of the page that
    shows the refusal: the transaction is over then, and what was found must be found again.

    `thing`: whose version the form was made from, with its history in `stream` (default: its own).
    """
    if not nonce.first_use(form.nonce.data):
        db.session.rollback()
        return DONE
    stale = thing is not None and form.is_stale(thing)
    try:
        if stale:
            raise Refused({"": _who_was_first(stream or thing.stream)})
        if not form.validate():
            raise Refused({})
        act()
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return STALE if stale else WRONG
    except NotAllowedFile as reason:
        db.session.rollback()
        form.refuse({"file": str(reason)})
        return WRONG
    except storage.DiskFull:
        db.session.rollback()
        form.refuse({"": FULL})
        return NO_ROOM
    return DONE


def renew(form: Form, thing) -> None:
    """A refused form goes on from what is there now: to send it again is a decision."""
    form.version.data = str(thing.version)


def _who_was_first(stream: str) -> str:
    who, when = first(stream)
    return f"{who} lebih dulu menyimpan, {when}. Bandingkan dengan yang terlihat sekarang, lalu simpan lagi bila perlu."
