"""A world for the isolation crawl: everything of OPD B carries a canary, in every field a person can fill.

Canaries name their kind, so that a leak tells where it comes from: `kanari-title-…`. A canary that the visitor
may rightly read (a former lead's proof, the pimpinan's states) is taken off the list in `forbidden_for`.
"""

import io
from dataclasses import dataclass, field

from PIL import Image
from sqlalchemy import select

from app.agenda import actions as agenda
from app.agenda.actions.matters import Origin
from app.agenda.models import RakorItem
from app.core import clock, events
from app.core.uploads import keep_capture
from app.extensions import db
from app.monitoring.actions.files import hang_files
from app.monitoring.actions.isu import put_together
from app.monitoring.models import (
    SEARCH_OF_A_SITE,
    Alert,
    AlertFile,
    Inbound,
    IngestRun,
    Mirrored,
    Profile,
    RejectedRow,
    Shielded,
    Source,
)
from app.monitoring.readers.guarded import Peek
from app.monitoring.rules.asking import Question
from app.monitoring.rules.kinds import Channel, RunState
from app.monitoring.rules.mapping import Column, Mapping, Transform
from app.papers import actions as papers
from app.papers.rules import PaperKind
from app.people.actions import mint_link, save_view
from app.people.models import MailboxName, PeopleSheet, Person, Seat
from app.people.rules import Role, SeatKind, SheetState
from app.tickets import actions
from app.tickets.actions import outside, secrecy
from app.tickets.actions.shift import leave_note
from app.tickets.models import Escalation, HeadApproval, Task, Ticket, TicketAlert

A, B = "dpu", "disdikbud"


@dataclass
class World:
    """The objects of OPD B by kind, and the canaries by name."""

    people: dict[str, Seat]
    ids: dict[str, list] = field(default_factory=dict)
    canaries: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def say(self, name: str) -> str:
        """A canary word that nothing else contains."""
        return self.canaries.setdefault(name, f"kanari{name}qzx")

    def keep(self, kind: str, *ids) -> None:
        self.ids.setdefault(kind, []).extend(ids)


def build(people: dict[str, Seat]) -> World:
    """B leads a normal, a sensitive, a restricted and a once-A ticket, each with everything hanging on it. Commits."""
    world = World(people)
    source = Source(name=world.say("source"), kind="rss", url="https://kanari.example/feed")
    db.session.add(source)
    db.session.flush()
    run = IngestRun(source_id=source.id, file_name=world.say("file"), trouble=world.say("trouble"))
    db.session.add(run)
    db.session.flush()
    row = RejectedRow(run_id=run.id, row_no=1, reason=world.say("rejected"), raw={"a": world.say("cell")})
    db.session.add(row)
    db.session.flush()
    profile = Profile(name=world.say("profile"), source_id=source.id, signature="x", mapping={})
    db.session.add(profile)
    db.session.flush()
    world.keep("row", row.id)
    world.keep("profile", profile.id)
    refused = {"sender": world.say("inboundsender"), "subject": world.say("inboundsubject"), "outcome": "refused"}
    db.session.add(Inbound(message_id="0:<a@b>", reason=world.say("inboundreason"), **refused))
    world.keep("source", source.id)
    world.keep("run", run.id, _search(world, source).id, _asking(world, source))
    _strangers(world)
    _normal(world, source)
    _sensitive(world, source)
    _restricted(world, source)
    _once_of_a(world, source)
    _helped(world, source)
    _spoken(world, source)
    loose = _alert(world, source, "loose", channel=Channel.COMPLAINT)
    _mirrored(loose.id, "5049672", raw_state=world.say("loosestatus"), agency=world.say("looseagency"))
    world.keep("alert", loose.id)
    shot = keep_capture(_picture(), f"{world.say('looseshot')}.png")
    hang_files(loose.id, [shot], people["operator@diskominfo.demo"])
    hang_files(world.ids["alert"][0], [shot], people["operator@diskominfo.demo"])
    world.keep("alert_file", *db.session.scalars(db.select(AlertFile.id)))
    _isu(world, source)
    _papers(world)
    _kept(world)
    _contested(world, source)
    _agenda(world, source)
    db.session.commit()
    return world


def _tickets(world: World) -> list[Ticket]:
    return list(db.session.scalars(select(Ticket).where(Ticket.id.in_(world.ids["ticket"])).order_by(Ticket.id)))


def _name_of(world: World, ticket: Ticket) -> str:
    """By which name its canaries go, of those that a letter asks about."""
    if ticket.restricted or ticket.sensitive:
        return "restricted" if ticket.restricted else "sensitive"
    return next((name for name in ("normal", "once") if world.say(f"{name}title") in ticket.title), "")


def _papers(world: World) -> None:
    """A draft of B's own to the press, and signed letters that asked B for each of its tickets."""
    operator, admin = world.people["operator@diskominfo.demo"], world.people[f"admin@{B}.demo"]
    normal = db.session.get_one(Ticket, world.ids["ticket"][0])
    facts = {"body": world.say("paperbody"), "medium": world.say("papermedium"), "to": world.say("paperto")}
    own = papers.draft(PaperKind.CLARIFICATION, [normal], admin, world.say("papersubject"), facts)
    world.keep("paper", own.id)
    for ticket in _tickets(world):
        name = _name_of(world, ticket)
        if not name or ticket.lead_opd_id != admin.opd_id:
            continue
        writer = world.people["kepala@diskominfo.demo"] if name == "restricted" else operator
        letter = papers.draft(PaperKind.REQUEST, [ticket], writer, world.say(f"{name}lettersubject"), {"to": "Kepala"})
        papers.hand_in(letter, writer)
        papers.number(letter, writer, world.say(f"{name}letternumber"), clock.today())
        papers.finish(letter, writer, io.BytesIO(b"%PDF-1.7 " + world.say(f"{name}letterfile").encode()))
        world.keep("paper", letter.id)


def _agenda(world: World, source: Source) -> None:
    """What stands on the agenda: of B's normal and sensitive ticket, one whose ticket became restricted; B's rakor."""
    operator, kepala = world.people["operator@diskominfo.demo"], world.people["kepala@diskominfo.demo"]
    by_name = {_name_of(world, ticket): ticket for ticket in _tickets(world)}
    items = []
    for name in ("normal", "sensitive"):
        words = {"question": world.say(f"{name}asks"), "background": world.say(f"{name}background")}
        items.append(agenda.propose(operator, words | {"cause": world.say(f"{name}cause")}, Origin(by_name[name])))
    noted = Origin(note=world.say("agreed"), noted_on=clock.today())
    items.append(agenda.propose(operator, {"title": world.say("agreedtitle"), "lead": B.upper()}, noted))
    secret = _open(world, source, "restrictedlater")
    items.append(agenda.propose(operator, {"title": world.say("restrictedmatter")}, Origin(secret)))
    values = {"topic": world.say("rakortopic"), "starts_at": clock.now(), "place": world.say("rakorplace")}
    meeting = agenda.arrange(operator, values | {"guests": [B.upper()]})
    agenda.take_up(meeting, operator, items)
    agenda.lock(meeting, operator)
    given = {"opd": B.upper(), "due_on": clock.today(), "indicator": world.say("planindicator")}
    for name, item in zip(("plan", "restrictedplan"), (items[0], items[-1]), strict=True):
        place = db.session.scalars(select(RakorItem).where(RakorItem.item_id == item.id)).one()
        agenda.decide(meeting, place, operator, world.say(f"{name}discussion"), world.say(f"{name}outcome"), True)
        made = agenda.make(operator, given | {"text": world.say(f"{name}text")}, place)
        agenda.report(made, world.people[f"admin@{B}.demo"], 40, world.say(f"{name}progress"))
        world.keep("plan", made.id)
    actions.set_secrecy(secret, kepala, named=[kepala.person_id])
    world.keep("matter", *(item.id for item in items))
    world.keep("rakor", meeting.id)


def _search(world: World, source: Source) -> IngestRun:
    """A search for feeds that waits for a choice."""
    url = f"https://{world.say('foundurl')}.example/feed"
    found = {
        "url": url,
        "title": world.say("foundtitle"),
        "items": 1,
        "newest": "",
        "headlines": [world.say("foundhead")],
    }
    asked = {"address": source.url, "found": [found]}
    run = IngestRun(source_id=source.id, media_type=SEARCH_OF_A_SITE, state=RunState.ASKING, asked=asked)
    db.session.add(run)
    db.session.flush()
    return run


def _asking(world: World, source: Source) -> int:
    """A sheet that waits for its columns to be confirmed."""
    headers, word = ["Tanggal", world.say("askedheader")], world.say("askedcell")
    cells = dict(zip(headers, ("24/11/2026", word), strict=True))
    rows = [{"line": 2, "cells": cells, "taken": {"title": word}, "errors": {}}]
    mapping = Mapping("", 0, tuple(headers), (Column("title", (headers[1],), Transform.TRIM),)).to_dict()
    seen = Peek("table", header_row=0, headers=headers, mapping=mapping, rows=rows).to_dict()
    run = IngestRun(source_id=source.id, file_name="a.csv", state=RunState.ASKING, asked=Question(seen).to_dict())
    db.session.add(run)
    db.session.flush()
    return run.id


def _isu(world: World, source: Source) -> None:
    """An isu of what everybody who reads isu may know, of what is sensitive, and of what is restricted."""
    alert = _alert(world, source, "isu")
    behind = select(Alert).join(TicketAlert, TicketAlert.alert_id == Alert.id)
    hidden = db.session.scalars(behind.where(TicketAlert.ticket_id.in_(world.ids["ticket"])))
    isu = put_together([alert, *hidden], world.people["operator@diskominfo.demo"], world.say("isutitle"))
    world.keep("isu", isu.id)


def _kept(world: World) -> None:
    """A saved view of B's admin, one of all B, and what an operator left for the next shift."""
    admin, operator = world.people[f"admin@{B}.demo"], world.people["operator@diskominfo.demo"]
    for whom in ("saya", "opd"):
        query = f"q={world.say(f'view{whom}query')}"
        world.keep("view", save_view(admin, world.say(f"view{whom}"), "/tiket", query, whom).id)
    world.keep("shift", leave_note(operator, world.say("shiftnote")).id)


def _strangers(world: World) -> None:
    """People of B whom A has no business with."""
    seat = world.people[f"admin@{B}.demo"]
    person = Person(name=world.say("person"), email=f"{world.say('email')}@example.test", phone=world.say("phone"))
    proposed = Seat(person=person, opd=seat.opd, role=Role.NARAHUBUNG, kind=SeatKind.PLT, basis=world.say("basis"))
    db.session.add_all([person, proposed])
    db.session.flush()
    world.keep("person", person.id, seat.person_id)
    world.keep("seat", proposed.id, seat.id)
    _handed(world, seat)


def _handed(world: World, seat: Seat) -> None:
    """A sheet of people that waits to be looked at, and who acted through B's shared mailbox."""
    row = {"line": 2, "name": world.say("sheetname"), "email": f"{world.say('sheetemail')}@example.test"}
    row |= {"opd": world.say("sheetopd"), "role": "narahubung", "phone": world.say("sheetphone")}
    head = world.people["kepala@diskominfo.demo"]
    sheet = PeopleSheet(
        seat_id=head.id,
        raw_key="0" * 64,
        rows=[row],
        answers={},
        state=SheetState.READY,
        file_name=world.say("sheetfile"),
    )
    box = Person(name=world.say("mailbox"), email=f"{world.say('mailboxemail')}@example.test", shared=True)
    acting = Seat(person=box, opd=seat.opd, role=Role.NARAHUBUNG, basis="SK", confirmed_at=clock.now())
    db.session.add_all([sheet, acting])
    db.session.flush()
    db.session.add(MailboxName(person_id=box.id, name=world.say("mailboxname")))
    world.keep("sheet", sheet.id)
    world.keep("person", box.id)
    world.keep("seat", acting.id)


def _alert(world: World, source: Source, name: str, **facts) -> Alert:
    alert = Alert(
        source_id=source.id,
        title=f"Judul {world.say(f'{name}alert')} {name}",
        text=world.say(f"{name}text"),
        media=world.say(f"{name}media"),
        author=world.say(f"{name}author"),
        url=f"https://{world.say(f'{name}url')}.example/",
        published_at=clock.now(),
        **facts,
    )
    db.session.add(alert)
    db.session.flush()
    db.session.add(Shielded(alert_id=alert.id, kinds=["NIK"], title=world.say(f"{name}shielded")))
    world.keep("alert", alert.id)
    return alert


def _mirrored(alert_id: int, tracking_id: str, **told) -> None:
    """The alert is a complaint of SP4N-LAPOR!."""
    db.session.add(
        Mirrored(alert_id=alert_id, tracking_id=tracking_id, reported_at=clock.now(), data_at=clock.now(), **told)
    )
    db.session.flush()


def _open(world: World, source: Source, name: str, opd: str = B, **facts) -> Ticket:
    operator = world.people["operator@diskominfo.demo"]
    alert = _alert(world, source, name, **facts)
    title = {} if facts else {"title": f"Tiket {world.say(f'{name}title')}"}
    return actions.promote([alert], operator, {"opd": opd.upper(), "level": "segera", **title})


def _talk(world: World, ticket: Ticket, name: str) -> None:
    admin, operator = world.people[f"admin@{B}.demo"], world.people["operator@diskominfo.demo"]
    for audience in ("internal", "shared", "answer"):
        actions.note(ticket, admin, world.say(f"{name}note{audience}"), audience)
    actions.note(ticket, operator, world.say(f"{name}centre"), "internal")
    evidence = actions.attach(ticket, admin, _picture(), f"{world.say(f'{name}evidence')}.png")
    world.keep("evidence", evidence.id)
    world.keep("ticket", ticket.id)
    task = actions.open_task(ticket, operator, {"opd": "PLN", "text": world.say(f"{name}tasktext")})
    _work(world, task, admin, name)
    for seat in (admin, world.people[f"narahubung@{B}.demo"]):
        secret = mint_link("ticket", ticket.stream, seat.person_id, seat_id=seat.id)
        world.tokens[f"{name}-{seat.role}"] = secret


def _work(world: World, task: Task, admin: Seat, name: str) -> None:
    """All that a task of B holds: notes, a file, what it submitted, and its link."""
    actions.move_task(task, "take_on", admin, {"note": world.say(f"{name}taskshared")})
    for audience in ("internal", "shared"):
        actions.note_task(task, admin, world.say(f"{name}tasknote{audience}"), audience)
    evidence = actions.attach_to_task(task, admin, _picture(), f"{world.say(f'{name}taskevidence')}.png")
    world.keep("evidence", evidence.id)
    if task.outside:
        whom, words = world.say(f"{name}taskwhom"), world.say(f"{name}taskcontact")
        actions.record_contact(task, admin, {"way": "telepon", "whom": whom, "text": words})
    world.tokens[f"{name}-task"] = mint_link("ticket", task.stream, admin.person_id, seat_id=admin.id)


def _helped(world: World, source: Source) -> None:
    """Led by Diskominfo; B does a task for it."""
    ticket = _open(world, source, "helped", opd="DISKOMINFO")
    operator = world.people["operator@diskominfo.demo"]
    actions.move(ticket, "take_on", operator)
    task = actions.open_task(ticket, operator, {"opd": B.upper(), "text": world.say("helpedtasktext")})
    _work(world, task, world.people[f"admin@{B}.demo"], "helped")
    approval = {"approver": world.say("helpedtaskapprover"), "basis": "Pesan WA"}
    answer = {"answer": world.say("helpedtaskanswer")}
    actions.move_task(task, "submit", world.people[f"admin@{B}.demo"], answer | approval)
    world.keep("ticket", ticket.id)


def _asked(world: World, ticket: Ticket, name: str) -> None:
    """B's admin asks a school for evidence by a link, and something came back."""
    given = {"kind": "evidence", "to_name": world.say(f"{name}fieldto"), "question": world.say(f"{name}fieldquestion")}
    asked, secret = outside.ask(ticket, world.people[f"admin@{B}.demo"], given)
    outside.answer(asked, ticket, {"words": world.say(f"{name}fieldwords")}, [(_picture(), "foto.png")])
    world.keep("field_request", asked.id)
    world.tokens[f"{name}-field"] = secret


def _picture():
    shot = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(shot, "PNG")
    shot.seek(0)
    return shot


def _normal(world: World, source: Source) -> None:
    ticket = _open(world, source, "normal")
    admin = world.people[f"admin@{B}.demo"]
    actions.move(ticket, "take_on", admin, {"note": world.say("normaltakeon")})
    _talk(world, ticket, "normal")
    _asked(world, ticket, "normal")
    actions.move(ticket, "submit", admin, {"answer": world.say("normaldraft"), "note": world.say("normalsubmit")})


def _sensitive(world: World, source: Source) -> None:
    ticket = _open(world, source, "sensitive", sensitive=True, safe_title=f"Aman {world.say('sensitivesafe')}")
    actions.move(ticket, "take_on", world.people[f"admin@{B}.demo"])
    _talk(world, ticket, "sensitive")


def _restricted(world: World, source: Source) -> None:
    ticket = _open(world, source, "restricted")
    _mirrored(world.ids["alert"][-1], "5049673", raw_state=world.say("restrictedtitlestatus"))
    admin = world.people[f"admin@{B}.demo"]
    actions.move(ticket, "take_on", admin)
    _talk(world, ticket, "restricted")
    _asked(world, ticket, "restricted")
    kepala = world.people["kepala@diskominfo.demo"]
    actions.set_secrecy(ticket, kepala, named=[kepala.person_id, admin.person_id])
    secrecy.open_in_emergency(ticket.id, world.people[f"narahubung@{B}.demo"], world.say("restrictedfieldreason"))
    world.keep("restricted", ticket.id)


def _once_of_a(world: World, source: Source) -> None:
    """A led first: it keeps a proof of its own time, and learns nothing of what came after."""
    ticket = _open(world, source, "once", opd=A)
    admin, operator = world.people[f"admin@{A}.demo"], world.people["operator@diskominfo.demo"]
    actions.move(ticket, "take_on", admin)
    actions.note(ticket, admin, "Dinas PU sudah meninjau.", "shared")
    actions.move(ticket, "reroute", operator, {"opd": B.upper(), "reason": "Bukan jalan kabupaten."})
    actions.move(ticket, "take_on", world.people[f"admin@{B}.demo"], {"note": world.say("oncetakeon")})
    _talk(world, ticket, "once")
    actions.move(ticket, "submit", world.people[f"admin@{B}.demo"], {"answer": world.say("oncedraft")})
    world.keep("once", ticket.id)
    assert not list(events.broken_links())


def _spoken(world: World, source: Source) -> None:
    """B answered, Diskominfo edited and published; a draft, a text module and a request to B's head lie about."""
    ticket = _open(world, source, "spoken")
    admin, operator = world.people[f"admin@{B}.demo"], world.people["operator@diskominfo.demo"]
    actions.move(ticket, "take_on", admin)
    said = {"answer": f"Ditambal 27 November {world.say('spokenanswer')}.", "response": "repair"}
    actions.move(ticket, "answer", world.people[f"narahubung@{B}.demo"], said)
    actions.redact(ticket, operator, f"Ditambal 27 November {world.say('spokenredacted')}.", "")
    told = {"channel": world.say("spokenchannel"), "spokesperson": world.say("spokenspeaker"), "url": ""}
    row = actions.publish(ticket, operator, told)
    actions.set_truth(ticket, operator, "true", world.say("spokentruth"))
    actions.keep_drafts(admin, ticket.stream, {"catatan-text": world.say("spokenunsent")})
    module = actions.save_module(None, admin, world.say("spokenmodule"), world.say("spokenbody"), True)
    world.keep("ticket", ticket.id)
    world.keep("publication", row.id)
    world.keep("module", module.id)
    asked = _open(world, source, "headed")
    asked.lead.head_name, asked.lead.head_email = world.say("headedname"), "kepala@example.test"
    actions.move(asked, "take_on", admin)
    words = f"Yang beredar: x. Yang benar: y. Dasar: {world.say('askeddraft')}"
    actions.move(asked, "submit", admin, {"answer": words, "response": "clarification", "ask_head": "1"})
    world.keep("ticket", asked.id)
    head = db.session.scalars(select(HeadApproval)).one()
    world.tokens["head"] = actions.mint_head_link(head.id)


def _contested(world: World, source: Source) -> None:
    """B says that two matters are not its own, one of them restricted: what goes up, and what is asked of whom."""
    admin, kepala = world.people[f"admin@{B}.demo"], world.people["kepala@diskominfo.demo"]
    for name in ("contested", "restrictedcontested"):
        ticket = _open(world, source, name)
        actions.set_level(ticket, kepala, "sangat_segera")
        actions.move(ticket, "object", admin, {"reason": world.say(f"{name}reason"), "proposed": "tidak_tahu"})
        world.keep("ticket", ticket.id)
    actions.ask_ruling(ticket, kepala, world.say("restrictedaskedof"), world.say("restrictedquestion"))
    actions.set_secrecy(ticket, kepala, named=[kepala.person_id, admin.person_id])
    proposals = db.session.scalars(select(Escalation).order_by(Escalation.id)).all()
    actions.mark_sent(proposals[0], kepala, world.say("contestednoteto"), world.say("contestednotewords"))
    world.keep("escalation", *(each.id for each in proposals))


PROOF = ("oncetitle", "oncealert", "oncetext", "oncemedia", "onceurl", "onceauthor")
"""What A saw while it led, and keeps."""


def forbidden_for(world: World, visitor: str) -> dict[str, str]:
    """The canaries that may not reach this visitor, by name."""
    if visitor == f"token of {A}" or visitor.endswith(f"@{A}.demo"):
        return {name: word for name, word in world.canaries.items() if name not in PROOF}
    if visitor.startswith("pimpinan"):
        return {name: word for name, word in world.canaries.items() if _kept_from_leaders(name)}
    if visitor.startswith("operator"):
        return {name: word for name, word in world.canaries.items() if _kept_from_operators(name)}
    return world.canaries


SPOKEN_INSIDE = ("spokenanswer", "spokenunsent", "spokenmodule", "spokenbody", "headedname", "headeddraft")
"""The OPD's own words under a redaction, what somebody is writing, an office's text modules, what its head is asked."""


def _kept_from_leaders(name: str) -> bool:
    """Pimpinan read states and approved answers of what is not terbatas: no drafts, no talk, no originals."""
    if name.startswith("restricted") or "note" in name:
        return True
    if name.endswith(("draft", "centre", "evidence", "submit", "shielded")) or "task" in name or "field" in name:
        return True
    if name.startswith("sensitive"):
        return name != "sensitivesafe"
    if name in SPOKEN_INSIDE:
        return True
    if name.startswith(("inbound", "sheet", "mailbox", "paper", "view", "shift")) or name.endswith(
        ("lettersubject", "letterfile")
    ):
        return True
    if name in ("isutext", "isuauthor", "isuurl"):
        return True
    ours = ("person", "email", "phone", "basis", "source", "file", "trouble", "rejected", "cell", "profile")
    return name in ours or name.startswith(("loose", "found", "asked"))


def _kept_from_operators(name: str) -> bool:
    """An operator who is not named: nothing of a restricted ticket; no OPD's internal notes, files and drafts."""
    if name.startswith(("inbound", "sheet", "paper", "view")):
        return True
    if name.startswith("restricted"):
        kept = ("title", "note", "centre", "evidence", "task", "letter", "field", "contested", "asked", "question")
        return name.startswith(tuple(f"restricted{each}" for each in kept))
    handed_in = name == "helpedtaskevidence"
    inside = ("noteinternal", "draft", "submit", "evidence", "unsent", "spokenmodule", "spokenbody", "headedname")
    return "field" in name or (name.endswith(inside) and not handed_in)
