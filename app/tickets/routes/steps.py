"""The moves that one seat may make with a ticket: what is asked of it, what each move needs, and who is mailed."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from app.people.models import Seat
from app.people.rules import Role
from app.tickets import actions, policy
from app.tickets.routes.speaking import Speaking
from app.tickets.rules import Audience, Move, State, Who
from app.tickets.rules.answers import HINT
from app.tickets.rules.asks import Ask, ask_of
from app.tickets.rules.letters import LEAD, MAILED, NARAHUBUNG, NEW_LEAD

FIELD_ORDER = (
    *("opd", "basis", "proposed", "reason", "until", "answer_kind", "response", "answer", "outcome", "publication"),
    *("year", "kind", "head", "body", "reference", "approver", "file", "note"),
)


GROUPS = {"head": ("ask_head", "approver", "basis"), "publication": ("channel", "url", "published_at", "spokesperson")}
"""Fields that stand folded together, under one name in the order of the form."""


class Steps(Speaking):
    """A ticket before a seat that may move it on. `partial`: a fragment, which asks for no long lists."""

    partial = False
    people: Sequence[Seat]
    opds: Sequence

    @cached_property
    def moves(self) -> list[Move]:
        return policy.moves_for(self.ticket, self.seat)

    @cached_property
    def ask(self) -> Ask | None:
        """What is asked of this seat, when a move of its answers it."""
        asked = ask_of(self.ticket.state, self.capacities)
        offered = {move.name for move in self.moves}
        return asked if asked and asked.move in offered else None

    @cached_property
    def needs(self) -> dict[str, list[str]]:
        """Field → the moves that show it, in the order of the form."""
        shown: dict[str, list[str]] = {name: [] for name in FIELD_ORDER}
        for move in self.moves:
            for name in self._fields_of(move):
                shown[name].append(move.name)
        return {name: moves for name, moves in shown.items() if moves}

    def _fields_of(self, move: Move) -> set[str]:
        """What the move needs and what is welcome; a reason is note enough."""
        wanted = {"file" if need == "evidence" else need for need in policy.needs_of(move, self.ticket, self.seat)}
        if move.name in ("submit", "answer"):
            wanted |= {"answer_kind", "response"} | self._head_fields(move)
        if move.name == "resolve" and self.inside and not self.published:
            wanted.add("publication")
        if move.name == "approve" and Who.LEAD_NARAHUBUNG in self.capacities:
            wanted.add("answer")
        return wanted if "reason" in wanted else wanted | {"note"}

    def _head_fields(self, move: Move) -> set[str]:
        """The fold «Persetujuan kepala»: a narahubung names it or asks for it, an admin may ask for it at once."""
        return {"head"} if self.asks_head or (move.name == "answer" and self.heads) else set()

    def mailed(self, move: Move) -> str:
        """Who gets an email after this move, by name where known."""
        whom = MAILED.get(move.name)
        if whom == NEW_LEAD:
            return "Email ke admin OPD dan narahubung OPD yang dipilih."
        wanted = {LEAD: {Role.ADMIN_OPD, Role.NARAHUBUNG}, NARAHUBUNG: {Role.NARAHUBUNG}}.get(whom or "", set())
        if not wanted:
            return "Tidak ada email untuk langkah ini."
        if self.partial:
            return "Email ke narahubung OPD." if whom == NARAHUBUNG else "Email ke admin OPD dan narahubung."
        names = ", ".join(seat.person.name for seat in self.people if seat.role in wanted)
        return f"Email ke {names}." if names else "Belum ada penerima: OPD ini belum punya narahubung."

    @cached_property
    def changes_lead(self) -> str:
        """The move by which the lead OPD is changed now: forward, reroute, or none."""
        return next((move.name for move in self.moves if move.name in ("forward", "reroute")), "")

    @property
    def answer_hint(self) -> str:
        if self.ticket.state is State.AWAITING_APPROVAL:
            return "Kalimatnya boleh diperbaiki di sini; yang tersimpan adalah yang Anda setujui."
        return HINT

    @property
    def file_hint(self) -> str:
        kinds = "Foto, PDF, DOCX, atau XLSX, paling besar 15 MB. Lokasi dalam foto dihapus."
        inside = actions.file_audience(self.ticket, self.seat) is Audience.INTERNAL
        return f"{kinds} Baru terlihat {self.seat.opd.short} sampai jawaban disetujui." if inside else kinds

    @cached_property
    def hinted(self) -> str:
        """The OPD that the words of the news point to, for whoever forwards."""
        names = {opd.id: opd.short for opd in self.opds} if not self.partial else {}
        hints = Counter(names[row.hint_opd_id] for row in self.alerts if row.hint_opd_id in names)
        return hints.most_common(1)[0][0] if hints else ""
