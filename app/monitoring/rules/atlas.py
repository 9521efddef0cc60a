"""The regency's own places, as data: app/data/wilayah_kukar.csv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from app.monitoring.rules.places import Found, Gazetteer, Place
from app.monitoring.rules.words import tokens

FILE = Path(__file__).resolve().parents[2] / "data" / "wilayah_kukar.csv"
ALSO_CALLED = ("Kukar", "Kutai Kartanegara")


@cache
def gazetteer() -> Gazetteer:
    """The compiled places of the bundled file; read once per process."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = [Place(r["code"], r["kind"], r["name"], r["district"]) for r in rows if r["kind"] != "kabupaten"]
    return Gazetteer(places, ALSO_CALLED)


def named_in(title: str, text: str) -> Found:
    """The places an item names, and the names that several places share."""
    return gazetteer().find(tokens(title, text))
