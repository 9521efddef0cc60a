"""What a state asks of somebody, and in which words: the verb of the desk, the headline of the ticket."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.tickets.rules.life import State, Who


@dataclass(frozen=True)
class Ask:
    """`move` is the first of the moves that answer it, `verb` the button, `words` the sentence after «Giliran Anda»."""

    move: str
    verb: str
    words: str


TAKE_ON = Ask("take_on", "Terima & tangani", "terima & tangani, atau sampaikan bila bukan kewenangan")
WRITE = Ask("submit", "Ajukan jawaban", "tangani dan ajukan jawaban")
WRITE_ALONE = Ask("answer", "Jawab", "tangani, lalu ajukan & setujui jawaban")
MEND = Ask("submit", "Perbaiki", "perbaiki jawaban")
MEND_ALONE = Ask("answer", "Perbaiki", "perbaiki jawaban")
APPROVE = Ask("approve", "Setujui", "setujui atau perbaiki jawaban")

ASKS: dict[Who, dict[State, Ask]] = {
    Who.LEAD_NARAHUBUNG: {
        State.FORWARDED: TAKE_ON,
        State.IN_PROGRESS: WRITE_ALONE,
        State.NEEDS_WORK: MEND_ALONE,
        State.AWAITING_APPROVAL: APPROVE,
    },
    Who.LEAD_ADMIN: {
        State.FORWARDED: TAKE_ON,
        State.IN_PROGRESS: WRITE,
        State.NEEDS_WORK: MEND,
    },
    Who.DISKOMINFO: {
        State.NEW: Ask("forward", "Teruskan", "teruskan ke OPD pengampu"),
        State.CONTESTED: Ask("forward", "Tetapkan", "tetapkan pengampu atas keberatan OPD"),
        State.UNDER_REVIEW: Ask("resolve", "Telaah", "telaah jawaban"),
    },
}


def ask_of(state: State, capacities: Iterable[Who]) -> Ask | None:
    """What `state` asks of somebody who stands before the ticket in these capacities; None: it is not their turn."""
    mine = set(capacities)
    for who, asks in ASKS.items():
        if who in mine and state in asks:
            return asks[state]
    return None
