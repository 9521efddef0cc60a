"""Verbs over persons, seats, offices, sessions and links. They record, they never commit."""

from app.people.actions.accounts import (
    add_person,
    change_person,
    invite,
    request_reset,
    set_active,
)
from app.people.actions.hours import (
    add_duty,
    add_holiday,
    add_hours,
    change_hours,
    remove_duty,
    remove_holiday,
    remove_hours,
)
from app.people.actions.links import end_links, end_links_to, mint_link
from app.people.actions.naming import name_oneself, note_opened, speak_as
from app.people.actions.offices import add_opd, change_head, change_opd
from app.people.actions.passwords import change_password, hash_password, matches_password
from app.people.actions.seats import appoint, change_seat, confirm_seat, end_seat, moved_away, propose, stay
from app.people.actions.seeds import seed_holidays, seed_hours, seed_opds
from app.people.actions.sessions import end_sessions, forget_old, open_session, see, switch_seat
from app.people.actions.standing_in import come_back, end_lapsed, set_away
from app.people.actions.views import drop_view, save_view, start_with

__all__ = [
    "add_duty",
    "add_holiday",
    "add_hours",
    "add_opd",
    "add_person",
    "appoint",
    "change_head",
    "change_hours",
    "change_opd",
    "change_password",
    "change_person",
    "change_seat",
    "come_back",
    "confirm_seat",
    "drop_view",
    "end_lapsed",
    "end_links",
    "end_links_to",
    "end_seat",
    "end_sessions",
    "forget_old",
    "hash_password",
    "invite",
    "matches_password",
    "mint_link",
    "moved_away",
    "name_oneself",
    "note_opened",
    "open_session",
    "propose",
    "remove_duty",
    "remove_holiday",
    "remove_hours",
    "request_reset",
    "save_view",
    "see",
    "seed_holidays",
    "seed_hours",
    "seed_opds",
    "set_active",
    "set_away",
    "speak_as",
    "start_with",
    "stay",
    "switch_seat",
]
