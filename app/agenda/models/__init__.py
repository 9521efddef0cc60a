"""Matters of the agenda, rakor and plans: tables, and verbs about one object."""

from app.agenda.models.matters import AgendaItem, AgendaSource
from app.agenda.models.meetings import Rakor, RakorGuest, RakorItem
from app.agenda.models.plans import Plan, PlanSupport

__all__ = ["AgendaItem", "AgendaSource", "Plan", "PlanSupport", "Rakor", "RakorGuest", "RakorItem"]
