"""Sorting (pilah) alerts without a ticket: ignore and take back, judul aman, tone. None of it commits."""

from collections.abc import Sequence

from app.core import clock, events
from app.core.refused import Refused
from app.monitoring.actions.findable import make_findable
from app.monitoring.actions.isu import hide_title, tell_title
from app.monitoring.models import Alert
from app.monitoring.rules import atlas
from app.monitoring.rules.care import wrong_safe_title
from app.monitoring.rules.kinds import IGNORE_REASONS, AlertState, Tone
from app.people.models import Seat

SHORTEST_REASON = 10


def ignore(alerts: Sequence[Alert], seat: Seat, reason: str) -> None:
    """«Abaikan», with a reason of the list. An alert behind a ticket is not ignored. Raises Refused."""
    if reason not in IGNORE_REASONS:
        raise Refused({"reason": "Pilih alasan dari daftar."})
    if any(alert.state is AlertState.TICKETED for alert in alerts):
        raise Refused({"alert": "Pantauan ini sudah menjadi bagian tiket. Urungkan dulu, lalu abaikan."})
    for alert in alerts:
        before = {"state": alert.state.value}
        alert.state, alert.ignored_reason = AlertState.IGNORED, reason
        events.record(alert.stream, "alert.ignore", seat, before=before, after={"reason": IGNORE_REASONS[reason]})


def restore(alerts: Sequence[Alert], seat: Seat) -> None:
    """Undo of `ignore`: what was ignored is to be sorted again; others stay as they are."""
    for alert in alerts:
        if alert.state is AlertState.IGNORED:
            alert.state, alert.ignored_reason = AlertState.NEW, ""
            events.record(alert.stream, "alert.restore", seat)


def set_tone(alert: Alert, seat: Seat, tone: str) -> None:
    """A person's judgement of the tone, above the source's own; empty takes it back. Raises Refused."""
    if tone and tone not in list(Tone):
        raise Refused({"tone": "Pilih tone dari daftar."})
    before = alert.tone
    alert.tone_final = Tone(tone) if tone else None
    alert.tone = alert.tone_final or alert.tone_source
    if alert.tone is not before:
        events.record(alert.stream, "alert.tone", seat, before={"tone": before}, after={"tone": alert.tone})


def set_place(alert: Alert, seat: Seat, code: str) -> None:
    """A person's word on which of the places that its text could mean is meant, in search too. Raises Refused."""
    place = None if alert.sensitive else atlas.named_in(alert.title, alert.text).choices.get(code)
    if place is None:
        raise Refused({"place": "Pilih tempat dari daftar."})
    before, alert.place = alert.place, place.label[:120]
    if alert.place != before:
        make_findable(alert)
        events.record(alert.stream, "alert.place", seat, before={"place": before}, after={"place": alert.place})


def set_safe_title(alert: Alert, seat: Seat, safe_title: str) -> None:
    """Make the alert sensitive: from now on this judul aman is its only title, in search too. Raises Refused."""
    title = safe_title.strip()
    if wrong := wrong_safe_title(title):
        raise Refused({"safe_title": wrong})
    _hide_under(title, alert, seat, "alert.safe_title")


def mark_sensitive(alert: Alert, seat: Seat) -> None:
    """Sensitive at once, under a number until somebody writes a judul aman. One that is sensitive stays as it is."""
    if not alert.sensitive:
        _hide_under(placeholder(alert), alert, seat, "alert.sensitive")


def unmark_sensitive(alert: Alert, seat: Seat) -> None:
    """Undo of `mark_sensitive`. Whoever wrote a judul aman meant it: that one is not taken back. Raises Refused."""
    if not alert.sensitive:
        return
    if alert.safe_title != placeholder(alert):
        raise Refused({"safe_title": "Pantauan ini sudah diberi judul aman, jadi tetap sensitif."})
    alert.sensitive, alert.safe_title = False, ""
    make_findable(alert)
    events.record(alert.stream, "alert.sensitive_undone", seat)
    tell_title(alert, placeholder(alert), seat)


def placeholder(alert: Alert) -> str:
    """«Perkara sensitif 2026-00123»: what a sensitive alert is called while nobody has written a judul aman."""
    return f"Perkara sensitif {clock.local(alert.fetched_at).year}-{alert.id:05d}"


def _hide_under(safe_title: str, alert: Alert, seat: Seat, kind: str) -> None:
    former = alert.shown_title
    before = {"safe_title": former} if alert.sensitive else None
    alert.sensitive, alert.safe_title = True, safe_title
    make_findable(alert)
    events.record(alert.stream, kind, seat, before=before, after={"safe_title": safe_title})
    hide_title(alert, former, seat)


def note_opened(alert: Alert, seat: Seat) -> None:
    """Write down who opened the original behind a judul aman."""
    events.record(alert.stream, "alert.original_opened", seat, audience="internal")


def note_unmasked(alert: Alert, seat: Seat, kinds: Sequence[str], reason: str) -> None:
    """Write down who reads the personal data behind the masks, and what for. Raises Refused."""
    if sum(letter.isalpha() for letter in reason) < SHORTEST_REASON:
        raise Refused({"reason": "Tulis untuk apa data pribadi ini dibuka, paling sedikit 10 huruf."})
    after = {"kinds": list(kinds)}
    events.record(alert.stream, "alert.unmasked", seat, after=after, text=reason, audience="internal")
