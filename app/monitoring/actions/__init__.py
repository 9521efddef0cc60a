"""Verbs over sources, runs and alerts. They record, they never commit."""

from app.monitoring.actions.asking import ask, cancel, confirm, look_again
from app.monitoring.actions.correcting import drop_row, read_again, take_drop_back
from app.monitoring.actions.files import add_files
from app.monitoring.actions.health import note_failed, note_fetched
from app.monitoring.actions.ingest import Intake
from app.monitoring.actions.links import ask_link, note_link
from app.monitoring.actions.mailing import address_of, forget_refused, judge, keep_files, offer_fetch, take_letter
from app.monitoring.actions.mirroring import set_entered
from app.monitoring.actions.pasting import paste, take_paste_back
from app.monitoring.actions.profiles import forget_layout, remember_layout
from app.monitoring.actions.rejected import note_downloaded
from app.monitoring.actions.runs import (
    bury_runs,
    finish_run,
    mapping_of,
    not_yet_taken,
    read_by,
    refuse_run,
    start_run,
    take_batch,
)
from app.monitoring.actions.searching import bury_searches, end_search, search_site, start_search, use_found
from app.monitoring.actions.sources import (
    add_feeds,
    add_source,
    change_source,
    drop_source,
    found_or_added,
    offer_polls,
    poll_now,
    set_enabled,
)
from app.monitoring.actions.trial import NO_SOURCE, Trial
from app.monitoring.actions.webhook import forget_deliveries, new_secret, take_delivery, valid_secrets

__all__ = [
    "Intake",
    "add_feeds",
    "add_files",
    "add_source",
    "address_of",
    "ask",
    "drop_row",
    "forget_layout",
    "read_again",
    "take_drop_back",
    "ask_link",
    "cancel",
    "confirm",
    "look_again",
    "read_by",
    "bury_runs",
    "bury_searches",
    "change_source",
    "drop_source",
    "end_search",
    "finish_run",
    "forget_deliveries",
    "forget_refused",
    "found_or_added",
    "new_secret",
    "NO_SOURCE",
    "Trial",
    "judge",
    "keep_files",
    "mapping_of",
    "not_yet_taken",
    "note_downloaded",
    "note_failed",
    "note_fetched",
    "note_link",
    "offer_polls",
    "offer_fetch",
    "paste",
    "poll_now",
    "refuse_run",
    "remember_layout",
    "search_site",
    "set_enabled",
    "set_entered",
    "start_run",
    "start_search",
    "take_batch",
    "take_letter",
    "take_paste_back",
    "take_delivery",
    "use_found",
    "valid_secrets",
]
