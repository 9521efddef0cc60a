"""Pure knowledge of the desks: views and filters, whose turn it is, how likeness and counts are told."""

from app.desk.rules.asks import CENTRE_ASKS, CRISIS, STAND_IN, WAITING_FOR, asks_of
from app.desk.rules.likeness import Likeness, likeness, telling
from app.desk.rules.numbers import MOST_COUNTED, at_most, in_words, so_many_alerts
from app.desk.rules.views import AGES, UNJUDGED, View, Wanted

__all__ = [
    "AGES", "CENTRE_ASKS", "CRISIS", "MOST_COUNTED", "STAND_IN", "UNJUDGED", "WAITING_FOR",
    "Likeness", "View", "Wanted", "asks_of", "at_most", "in_words", "likeness", "so_many_alerts", "telling",
]  # fmt: skip
