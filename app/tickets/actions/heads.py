"""The kepala OPD's approval: asked by a link of its own, given or refused there, once."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Opd, Seat, new_secret, secret_digest
from app.people.rules import LINK_DAYS
from app.tickets import policy
from app.tickets.models import Answer, HeadApproval, Ticket
from app.tickets.rules import Audience

NOT_BY_LINK = (
    "Persetujuan kepala tidak bisa diminta lewat tautan untuk permintaan ini. "
    "Catat persetujuannya: siapa dan lewat apa."
)


@dataclass(frozen=True)
class Head:
    """Whom history names when a kepala OPD acts: somebody without a seat."""

    signature: str
    opd_id: int
    id: None = None
    person_id: None = None

    @property
    def signed(self) -> str:
        return self.signature


def ask_head(ticket: Ticket, seat: Seat | None) -> HeadApproval:
    """«Minta persetujuan kepala»: a letter goes to the head; an earlier request ends. Raises Refused."""
    answer, opd = policy.pending_answer(ticket), ticket.lead
    if seat is None or answer is None or answer.approved_at or opd is None or not policy.may_ask_head(ticket, seat):
        raise Refused({"ask_head": NOT_BY_LINK})
    if policy.answers.head_approved(answer):
        raise Refused({"ask_head": "Kepala sudah menyetujui jawaban ini. Tinggal disetujui narahubung."})
    db.session.flush()
    earlier = update(HeadApproval).where(HeadApproval.answer_id == answer.id, HeadApproval.ended_at.is_(None))
    db.session.execute(earlier.values(ended_at=clock.now()).execution_options(synchronize_session=False))
    asked = _request(answer, opd, seat)
    db.session.add(asked)
    db.session.flush()
    after = {"head": head_title(opd)}
    events.record(ticket.stream, "ticket.ask_head", seat, after=after, audience=Audience.INTERNAL, ref_id=asked.id)
    return asked


def _request(answer: Answer, opd: Opd, seat: Seat) -> HeadApproval:
    """Nobody holds the secret of its link until a letter is sent: the sender mints it."""
    return HeadApproval(
        answer_id=answer.id,
        name=opd.head_name or head_title(opd),
        position=opd.head_position or f"Kepala {opd.name}",
        email=opd.head_email,
        digest=new_secret()[1],
        asked_by_id=seat.id,
        expires_at=clock.now() + timedelta(days=LINK_DAYS["ticket"]),
    )


def head_title(opd: Opd) -> str:
    """«Ir. H. Rahman, Kepala Dinas Perhubungan»."""
    position = opd.head_position or f"Kepala {opd.name}"
    return f"{opd.head_name}, {position}" if opd.head_name else position


def mint_head_link(head_approval_id: int) -> str:
    """A fresh secret for the link of an open request; one that was minted before opens nothing any more."""
    secret, digest = new_secret()
    mine = update(HeadApproval).where(HeadApproval.id == head_approval_id)
    db.session.execute(mine.values(digest=digest).execution_options(synchronize_session=False))
    return secret


def find_head_request(secret: str) -> tuple[HeadApproval, Answer] | None:
    """The living request of that secret and its answer; None for an unknown, expired, decided or outdated one alike."""
    found = policy.answers.head_request(secret_digest(secret)) if len(secret) < 100 else None
    return found if found and found[0].expires_at > clock.now() else None
