"""Whose turn it is, as the desk groups it. The verbs themselves are the tickets' (tickets.rules.asks)."""

from app.people.rules import Role
from app.tickets.rules import State, Who
from app.tickets.rules.asks import ASKS, Ask

CENTRE_ASKS = {
    State.UNDER_REVIEW: ("Jawaban menunggu telaah", "Sudah disetujui narahubung; terima, atau minta perbaikan."),
    State.CONTESTED: ("Menunggu penetapan pengampu", "OPD keberatan; Asisten atau Sekda menetapkan."),
    State.NEW: ("Belum diteruskan", "Tiket ini belum punya OPD pengampu."),
}
"""What waits for Diskominfo: the heading and the sentence of each group, in the order of its desk."""

CAPACITY = {Role.DISKOMINFO: Who.DISKOMINFO, Role.ADMIN_OPD: Who.LEAD_ADMIN, Role.NARAHUBUNG: Who.LEAD_NARAHUBUNG}
STAND_IN = Ask("approve", "Setujui", "setujui draf; OPD ini belum punya narahubung")
CRISIS = Ask("level", "Tetapkan", "tetapkan atau turunkan tingkat Krisis yang diusulkan")


def asks_of(role: Role) -> dict[State, Ask]:
    """By state, what a matter of one's own asks; pimpinan are asked nothing."""
    return ASKS[CAPACITY[role]] if role in CAPACITY else {}


WAITING_FOR = {
    State.AWAITING_APPROVAL: "Menunggu persetujuan narahubung.",
    State.CONTESTED: "Menunggu penetapan pengampu.",
    State.UNDER_REVIEW: "Menunggu telaah Diskominfo.",
    State.ON_HOLD: "Ditunda.",
    State.AWAITING_BUDGET: "Menunggu anggaran.",
}
"""Why a matter of one's own stands with somebody else."""
