"""Places under /pengaturan: each feature offers its own, a seat sees those it may open."""

from dataclasses import dataclass

from flask import current_app, request
from flask_login import current_user


@dataclass(frozen=True)
class Place:
    """A settings page: its endpoint, its name and one sentence of what is kept there."""

    endpoint: str
    label: str
    sentence: str


_places: dict[str, Place] = {}


def offer(endpoint: str, label: str, sentence: str) -> None:
    """Have the page of `endpoint` listed under /pengaturan for every seat that its access admits."""
    _places[endpoint] = Place(endpoint, label, sentence)


def places() -> list[Place]:
    """The settings pages that the visitor may open, in the order in which they were offered."""
    views, seat = current_app.view_functions, current_user.seat
    return [place for place in _places.values() if seat and _admits(views.get(place.endpoint), seat)]


def is_here(place: Place) -> bool:
    """Whether the visitor is at that place or below it."""
    endpoint = request.endpoint or ""
    return endpoint == place.endpoint or endpoint.startswith(f"{place.endpoint}_")


def init_menu(app) -> None:
    app.jinja_env.globals.update(settings_places=places, is_here=is_here)


def _admits(view, seat) -> bool:
    return view is not None and view.access.admits(seat)
