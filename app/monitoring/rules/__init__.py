"""Tables and pure functions of monitoring: no Flask, no SQL."""

from app.monitoring.rules.labels import Channel, Family, SourceKind, Tone

__all__ = ["Channel", "Family", "SourceKind", "Tone"]
