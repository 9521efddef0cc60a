"""Things in a meeting hall for tests: a matter on the agenda, a rakor that takes it up, and a plan of it."""

from datetime import timedelta

from app.agenda import actions
from app.agenda.actions.matters import Origin
from app.agenda.models import AgendaItem, Plan, Rakor, RakorItem
from app.core import clock
from app.extensions import db
from tests.tickets.desk import OPERATOR, ticket

INVITED = ("DISDIKBUD", "DPU")


def matter(people, row=None, title="Atap sekolah di hulu", **values) -> AgendaItem:
    """Proposed from a ticket, which is made unless given."""
    row = row or ticket(people)
    item = actions.propose(people[OPERATOR], {"title": title, "question": "Dari anggaran mana?"} | values, Origin(row))
    db.session.commit()
    return item


def rakor(people, *items: AgendaItem, guests=INVITED, locked=False, **values) -> Rakor:
    """Next week, of Disdikbud and Dinas PU; with these matters, its material locked where asked."""
    usual = {
        "topic": "Rakor agenda prioritas",
        "starts_at": clock.now() + timedelta(days=7),
        "place": "Ruang rapat Setda",
    }
    meeting = actions.arrange(people[OPERATOR], usual | {"guests": guests} | values)
    if items:
        actions.take_up(meeting, people[OPERATOR], items)
    if locked:
        actions.lock(meeting, people[OPERATOR])
    db.session.commit()
    return meeting


def place_of(item: AgendaItem, meeting: Rakor) -> RakorItem:
    wanted = db.select(RakorItem).where(RakorItem.rakor_id == meeting.id, RakorItem.item_id == item.id)
    return db.session.scalars(wanted).one()


def plan(people, item: AgendaItem | None = None, meeting: Rakor | None = None, who=OPERATOR, **values) -> Plan:
    """Of Disdikbud, with Dinas PU's help, due in a month."""
    usual = {"text": "Perbaiki atap SDN 014", "opd": "DISDIKBUD", "supports": ["DPU"]}
    usual |= {"due_on": clock.today() + timedelta(days=30), "given_by": "Sekda", "given_on": clock.today()}
    place = place_of(item, meeting) if item and meeting else None
    made = actions.make(people[who], usual | values, place, item)
    db.session.commit()
    return made
