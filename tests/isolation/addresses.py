"""From the URL map to requests: every rule, with the ids of OPD B's objects in its places."""

from itertools import product

from werkzeug.routing import AnyConverter

KINDS = {
    "ticket_id": "ticket",
    "request_id": "field_request",
    "number": "task_number",
    "alert_id": "alert",
    "isu_id": "isu",
    "evidence_id": "evidence",
    "file_id": "alert_file",
    "person_id": "person",
    "seat_id": "seat",
    "opd_id": "opd",
    "code": "code",
    "letter_id": "letter",
    "paper_id": "paper",
    "item_id": "matter",
    "rakor_id": "rakor",
    "plan_id": "plan",
    "n": "screen",
    "escalation_id": "escalation",
    "source_id": "source",
    "run_id": "run",
    "row_id": "row",
    "profile_id": "profile",
    "event_id": "event",
    "work_id": "work",
    "sheet_id": "sheet",
    "answer_id": "answer",
    "publication_id": "publication",
    "module_id": "module",
    "view_id": "view",
    "note_id": "shift",
    "token": "token",
    "day": "day",
    "digest": "digest",
    "name": "name",
    "filename": "file",
    "bundle": "file",
    "field": "field",
    "source": "name",
}
"""What each place in a rule stands for. A new name must be added here, or the crawl fails: it cannot guess."""

FIXED = {
    "task_number": [1],
    "screen": [0, 1],
    "name": ["x"],
    "day": ["2026-12-25"],
    "digest": ["0" * 64],
    "file": ["x.css"],
    "field": ["title"],
    "code": ["DISDIKBUD"],
}
OUTSIDE = ("static", "health.")
MOST_PER_RULE = 48


def every_request(app, ids: dict[str, list]):
    """(method, path, endpoint) for each rule, each method, each combination of B's ids (a few per rule)."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint.startswith(OUTSIDE):
            continue
        for values in _fillings(rule, ids):
            path = adapter.build(rule.endpoint, values, force_external=False)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, path, rule.endpoint


def _fillings(rule, ids: dict[str, list]):
    places = sorted(rule.arguments)
    named = {place: list(rule._converters[place].items) for place in places if _is_any(rule, place)}
    unknown = [place for place in places if place not in KINDS and place not in named]
    assert not unknown, f"{rule.rule}: teach tests/isolation/addresses.py what {unknown} stands for"
    choices = [named.get(place) or _values(KINDS[place], ids) for place in places]
    for n, chosen in enumerate(product(*choices)):
        if n >= MOST_PER_RULE:
            return
        yield dict(zip(places, chosen, strict=True))


def _is_any(rule, place: str) -> bool:
    """A place that lists its own values, like a block's name."""
    return isinstance(rule._converters[place], AnyConverter)


def _values(kind: str, ids: dict[str, list]) -> list:
    values = FIXED.get(kind) or ids.get(kind)
    assert values, f"the world of the crawl has no {kind}"
    return values


FORM = {
    "move": "take_on", "note": "Catatan", "opd": "DPU", "reason": "Alasan", "level": "segera", "title": "Judul",
    "due_at": "2026-12-30T10:00", "text": "Catatan", "audience": "shared", "answer": "Sudah ditambal 27 November.",
    "ticket_class": "media", "proposed": "DPU", "until": "2026-12-30T10:00", "outcome": "perbaikan_lapangan",
    "year": "2027", "kind": "plt", "reference": "1/2026", "basis": "SK 2/2026", "approver": "Kadis",
    "name": "Nama", "email": "baru@example.test", "role": "narahubung", "safe_title": "Judul aman",
    "password": "gunung-sungai-2027", "replacement": "Rekan", "act": "abaikan", "tone": "negative",
    "place": "64.02.04.2006",
    "to_name": "Kepala sekolah", "question": "Bagaimana keadaannya?", "finding": "benar",
    "words": "Sudah kami lihat.", "safe_summary": "Pendampingan berjalan.", "case_reference": "31/UPTD", "sure": "1",
    "path": "/tiket", "query": "tampilan=terbuka", "whom": "saya", "seat": "1",
    "entered": "1", "from": "ticket", "feed": "https://kabaretam.example/feed Kabar",
    "site": "kabaretam.example",
    "do": "lihat", "header_row": "1", "block": "catatan", "truth": "true", "channel": "Laman", "spokesperson": "Juru",
    "body": "PLN", "pilihan": "setuju", "yakin": "1", "head_approval": "always",
    "asked_of": "Sekda", "ruled_by": "Sekda", "ruled_on": "2026-11-20", "sent_to": "Sekda",
}  # fmt: skip
"""Something plausible for every field of every form, so that a POST is not refused for want of values."""
