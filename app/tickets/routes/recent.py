"""What this request itself wrote into a history: its answer need not ask for it again."""

from flask import g, has_request_context

from app.core import events


@events.subscribe
def _remember(event: events.Event) -> None:
    if has_request_context():
        g.setdefault("newest_events", {})[event.stream] = event.seq


def newest_of_request(stream: str) -> int | None:
    """The sequence number of the last event that this request recorded in `stream`."""
    return g.get("newest_events", {}).get(stream)
