"""Alerts in bulk: what stands behind the tickets, and the noise around it."""

from datetime import datetime, timedelta
from random import Random

from app.demo.volume import words
from app.demo.volume.chain import Row
from app.demo.volume.lives import fill, sentence, weighted
from app.demo.volume.world import Office, World
from app.monitoring.rules.keys import keys_of
from app.monitoring.rules.kinds import IGNORE_REASONS, AlertState, Channel, Tone
from app.monitoring.rules.records import Record

TONES = {Tone.NEGATIVE: 45, Tone.NEUTRAL: 35, Tone.POSITIVE: 12, None: 8}
UNSORTED = timedelta(days=1)
REASONS = list(IGNORE_REASONS)


class Newsroom:
    """Makes alerts one after the other; the same ones for the same random stream."""

    def __init__(self, world: World, now: datetime, rng: Random):
        self.world, self.now, self.rng, self.next_id = world, now, rng, 1

    def behind(self, ticket: Row, office: Office, published_at: datetime) -> Row:
        """An alert that stands behind this ticket."""
        alert = self._alert(ticket["title"], office, published_at)
        return alert | {"state": AlertState.TICKETED, "tone": Tone.NEGATIVE, "tone_source": Tone.NEGATIVE}

    def noise(self, published_at: datetime) -> Row:
        """An alert nobody needs: ignored, or still to be sorted when it came today."""
        office, place = self.rng.choice(self.world.offices), self.rng.choice(self.world.places)
        template = self.rng.choice(words.ROUTINE if self.rng.random() < 0.7 else words.TITLES)
        title = sentence(template.format(place=place, topic=self.rng.choice(office.topics)))
        alert = self._alert(title, office, published_at)
        if self.now - published_at > UNSORTED:
            alert |= {"state": AlertState.IGNORED, "ignored_reason": self.rng.choice(REASONS)}
        return alert

    def _alert(self, title: str, office: Office, published_at: datetime) -> Row:
        rng, alert_id = self.rng, self.next_id
        self.next_id += 1
        source_id, channel = rng.choice(self.world.sources)
        tone = weighted(rng, TONES)
        media = rng.choice(words.MEDIA)
        host = media.lower().replace(" ", "-")
        return {
            "id": alert_id, "source_id": source_id, "run_id": None, "external_id": f"v{alert_id}",
            "url": f"https://{host}.example/berita/{alert_id}", "title": title[:500],
            "text": fill(rng, rng.choice(words.LEADS)), "media": media if channel is Channel.NEWS else "Media sosial",
            "channel": channel, "author": "", "published_at": published_at, "date_doubtful": False,
            "fetched_at": min(published_at + timedelta(minutes=rng.randint(1, 15)), self.now), "reach": None,
            "tone_source": tone, "tone_final": None, "tone": tone, "place": "", "hint_opd_id": office.opd_id,
            "hints": [], "state": AlertState.NEW, "ignored_reason": "", "sightings": 1, "sensitive": False,
            "safe_title": "", "raw": {}, "version": 1,
        }  # fmt: skip


def keys(alert: Row) -> list[Row]:
    """What makes the alert known when it arrives again, as the importer would have written it."""
    record = Record(
        external_id=alert["external_id"], url=alert["url"], title=alert["title"], text=alert["text"],
        media=alert["media"], published_at=alert["published_at"],
    )  # fmt: skip
    return [{"key": key, "alert_id": alert["id"]} for key in keys_of(record, alert["source_id"])]
