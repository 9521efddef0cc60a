"""Reminders: once per clock and step, one letter a person, by day, to admin OPD and narahubung alone."""

import contextvars
import os
import signal
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from app.core import clock, duties, events
from app.core.events import Event
from app.core.work import Work
from app.extensions import db
from app.notify import jobs, policy, reminders, rendering
from app.notify.models import Letter, LetterItem, LetterState
from app.people.models import PersonalLink
from app.people.rules import Role
from app.tickets import actions
from app.tickets.models import Escalation, Reminder
from app.tickets.rules.authority import Cause
from tests import factories
from tests.harness.client import parse
from tests.notify.conftest import ADMIN, LIAISON, OPERATOR
from tests.tickets import desk, taskdesk

WITA = ZoneInfo("Asia/Makassar")
BAD_WORDS = ("terlambat", "lewat tenggat", "gagal", "krisis", "negatif", "positif", "surel", "lalai")


TODAY = datetime.now(WITA).replace(minute=0, second=0, microsecond=0)
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
"""The coming one: seats of the tests begin today. No day off is known in the tests' database."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """So many days after that Monday."""
    return (MONDAY + timedelta(days=day)).replace(hour=hour, minute=minute)


def run(moment: datetime) -> list[Letter]:
    """One look of the clock at that instant; the letters it wrote."""
    seen = db.session.scalar(select(func.max(Letter.id))) or 0
    with clock.pretend(moment):
        reminders.remind()
    db.session.commit()
    return list(db.session.scalars(select(Letter).where(Letter.id > seen).order_by(Letter.id)).unique())


def readers(letters) -> list[str]:
    return sorted(letter.person.email for letter in letters)


def items(letter) -> list[LetterItem]:
    return list(db.session.scalars(select(LetterItem).where(LetterItem.letter_id == letter.id).order_by(LetterItem.id)))


def made(people, **values):
    """A ticket of Disdikbud, received on Monday at 08.00: five working days, react in one."""
    with clock.pretend(at(0, 8)):
        return desk.ticket(people, **values)


def causes(ticket) -> list[Cause]:
    rows = select(Escalation.cause).where(Escalation.ticket_id == ticket.id).order_by(Escalation.id)
    return list(db.session.scalars(rows))


def composed(letter, moment):
    """(subject, text part, HTML part) as they would go out then."""
    with clock.pretend(moment):
        told = reminders.still_to_tell(letter)
        message = rendering.compose_reminder(letter, told, [f"kunci{n}" for n in range(len(told))])
    html = parse(message.get_body(("html",)).get_content())
    for hidden in html.css("style, .m-pre"):
        hidden.decompose()
    return (
        str(message["Subject"]),
        message.get_body(("plain",)).get_content(),
        " ".join(html.body.text(separator=" ").split()),
    )


def test_a_matter_is_told_at_each_step_once_and_goes_up_when_its_time_is_used(people):
    ticket = made(people)
    assert run(at(0, 12)) == []
    first = run(at(1, 7, 45))
    assert readers(first) == [ADMIN, LIAISON]
    assert [(item.what, item.step) for item in items(first[0])] == [("react", 90)]
    assert run(at(1, 7, 46)) == [] and causes(ticket) == []
    assert [items(letter)[0].step for letter in run(at(1, 9))] == [100, 100]
    assert causes(ticket) == [Cause.TAKE_ON] and run(at(1, 10)) == []
    with clock.pretend(at(1, 11)):
        actions.move(ticket, "take_on", people[ADMIN])
    db.session.commit()
    assert [row.closed_as for row in db.session.scalars(select(Escalation))] == ["settled"]
    told = [(moment.weekday(), item.what, item.step) for moment in (at(4, 9), at(4, 15), at(7, 7, 40), at(7, 9), at(8, 9))
            for letter in run(moment)[:1] for item in items(letter)]  # fmt: skip
    assert told == [(4, "due", 75), (4, "due", 90), (0, "due", 100)]
    assert causes(ticket) == [Cause.TAKE_ON, Cause.DUE]
    steps = select(Event).where(Event.stream == ticket.stream, Event.kind == "ticket.remind")
    assert {event.audience for event in db.session.scalars(steps)} == {"internal"}
    assert not list(events.broken_links())


def test_one_letter_a_person_with_everything_in_it_each_with_its_own_link(people, app, letterbox, work_off):
    tickets = [made(people, title=f"Atap SDN {n}") for n in (1, 2)]
    with clock.pretend(at(0, 8)):
        task = taskdesk.task(people, opd="DISDIKBUD", of=desk.ticket(people, opd="DPU"), text="Data kelas rusak")
    with clock.pretend(at(1, 7)):
        for ticket in tickets:
            actions.move(ticket, "take_on", people[ADMIN])
    db.session.commit()
    letters = [letter for letter in run(at(4, 9)) if letter.person.email in (ADMIN, LIAISON)]
    assert readers(letters) == [ADMIN, LIAISON]
    assert [(item.ticket_id, item.task_id) for item in items(letters[0])] == [
        *((ticket.id, None) for ticket in tickets), (task.ticket_id, task.id),
    ]  # fmt: skip
    subject, text, html = composed(letters[0], at(4, 9))
    assert (
        subject == f"Pengingat: 3 hal menunggu Disdikbud, paling dekat sebelum {clock.short(at(7, 8)).replace(',', '')}"
    )
    for told in ("Atap SDN 1", "Atap SDN 2", f"Tugas 1 pada permintaan tindak lanjut nomor {task.ticket.number}",
                 f"Jawaban lengkap sebelum {clock.long(at(7, 8))}", "Hasil tugas sebelum",
                 "Tangani dan ajukan jawaban", "Saya sudah pindah tugas", "Balas saja email ini"):  # fmt: skip
        assert told in " ".join(text.split()) and told in html, told
    assert [line for line in text.splitlines() if "/t/kunci" in line] == [
        f"{app.config['LINK_BASE_URL']}/t/kunci{n}" for n in range(3)
    ]
    assert not [word for word in BAD_WORDS if word in (subject + text + html).lower()]


def test_what_was_done_meanwhile_is_not_sent_and_the_rest_has_living_links(people, letterbox, work_off):
    done, waits = made(people, title="Atap SDN 1"), made(people, title="Atap SDN 2")
    work_off()
    letters = run(at(1, 7, 45))
    with clock.pretend(at(1, 7, 50)):
        actions.move(done, "take_on", people[ADMIN])
        db.session.commit()
        assert [item.ticket_id for item, _ in reminders.still_to_tell(letters[0])] == [waits.id]
        actions.move(waits, "object", people[ADMIN], {"reason": "Gedung yayasan.", "proposed": "luar"})
        db.session.commit()
        assert reminders.still_to_tell(letters[0]) == []


def test_it_goes_out_with_links_that_open_each_matter(people, letterbox, work_off):
    ticket = made(people)
    [letter, _other] = run(at(1, 7, 45))
    before = len(letterbox.letters)
    with time_machine.travel(at(1, 7, 46)):
        work_off()
    assert len(letterbox.letters) > before
    db.session.refresh(letter)
    assert letter.state is LetterState.SENT
    links = db.session.scalars(select(PersonalLink).where(PersonalLink.subject == ticket.stream)).all()
    assert {link.seat_id for link in links} == {people[ADMIN].id, people[LIAISON].id}


def test_by_night_it_waits_for_the_morning_but_not_what_is_watched(people):
    calm = made(people)
    with clock.pretend(at(4, 15, 30)):
        actions.move(calm, "take_on", people[ADMIN])
        late = desk.ticket(people, level="sangat_segera")
    db.session.commit()
    friday_evening = run(at(4, 20))
    assert {item.ticket_id for letter in friday_evening for item in items(letter)} == {late.id}
    assert run(at(4, 22)) == run(at(5, 6)) == []
    assert calm.step_at == at(7, 7, 30), "it is looked at again when its office opens"
    assert readers(run(at(7, 7, 30))) == [ADMIN, LIAISON]


def test_a_letter_that_the_mail_server_kept_back_wakes_nobody(people, letterbox, work_off):
    made(people)
    work_off()
    letter, _other = run(at(1, 7, 45))
    with time_machine.travel(at(1, 23)):
        work_off()
        waiting = db.session.scalars(select(Work).where(Work.ref_id == letter.id, Work.kind == "letter.send")).one()
        assert waiting.next_try >= at(2, 7, 30) and not letter.attempts


def test_a_clock_that_stands_reminds_nobody(people):
    ticket = made(people)
    with clock.pretend(at(1, 7)):
        actions.move(ticket, "take_on", people[ADMIN])
        until = f"{at(30, 10):%Y-%m-%dT%H:%M}"
        actions.move(ticket, "hold", people[ADMIN], {"reason": "Menunggu bahan.", "until": until})
    db.session.commit()
    assert [run(at(day, 10)) for day in (4, 7, 8, 14)] == [[]] * 4 and causes(ticket) == []


def test_a_judul_aman_is_all_that_is_said_and_of_a_restricted_matter_nothing_to_those_not_named(people, login):
    secret, child = made(people, title="Kasus guru"), made(people, title="Anak korban")
    with clock.pretend(at(0, 9)):
        actions.set_secrecy(child, people[OPERATOR], safe_title="Pendampingan di sekolah")
        named = [people["kepala@diskominfo.demo"].person_id, people[LIAISON].person_id]
        actions.set_secrecy(secret, people[OPERATOR], named=named)
    db.session.commit()
    letters = {letter.person.email: letter for letter in run(at(1, 7, 45))}
    assert [item.ticket_id for item in items(letters[ADMIN])] == [child.id]
    assert {item.ticket_id for item in items(letters[LIAISON])} == {secret.id, child.id}
    for who, told in ((ADMIN, False), (LIAISON, True)):
        for part in composed(letters[who], at(1, 7, 46)):
            assert "Kasus guru" not in part and "Anak korban" not in part
        assert ("Permintaan terbatas" in part) is told and "Pendampingan di sekolah" in part
    for letter in letters.values():
        letter.file_name = "1.eml"
    db.session.commit()
    operator = people[OPERATOR]
    assert policy.openable_letter(letters[ADMIN].id, operator).id == letters[ADMIN].id
    with pytest.raises(NotFound):
        policy.openable_letter(letters[LIAISON].id, operator)


def test_nobody_above_is_written_to_and_somebody_on_two_seats_gets_one_letter(people):
    plt = factories.make_seat(Role.NARAHUBUNG, opd=people["admin@dpu.demo"].opd, person=people[LIAISON].person)
    tickets = [made(people), made(people, opd="DPU"), made(people, opd="DISKOMINFO")]
    letters = {letter.person.email: letter for letter in run(at(1, 7, 45))}
    assert sorted(letters) == sorted([ADMIN, LIAISON, "admin@dpu.demo", "narahubung@dpu.demo", OPERATOR])
    both = [(item.ticket_id, item.seat_id) for item in items(letters[LIAISON])]
    assert both == [(tickets[0].id, people[LIAISON].id), (tickets[1].id, plt.id)]
    assert "Disdikbud dan Dinas PU" in composed(letters[LIAISON], at(1, 7, 46))[0]


def test_an_opd_without_anybody_is_an_alarm_once_until_somebody_acts_for_it(people, visit_as):
    for who in (ADMIN, LIAISON):
        people[who].moved_at = clock.now()
    tickets = [made(people) for _ in range(2)]
    assert run(at(1, 7, 45)) == [] and run(at(1, 9)) == []
    assert sorted(causes(tickets[0]) + causes(tickets[1])) == [Cause.NOBODY, Cause.TAKE_ON, Cause.TAKE_ON]
    page = visit_as(OPERATOR)("/")
    assert "1 perkara di OPD tanpa penerima surat" in page.text()
    assert "1 OPD punya tiket terbuka tetapi tidak punya petugas" in visit_as(OPERATOR)("/kelengkapan").text()
    assert "OPD tanpa penerima surat" in visit_as(OPERATOR)("/usulan").text()
    people[ADMIN].moved_at = None
    db.session.commit()
    run(at(1, 10))
    assert "tanpa penerima surat" not in visit_as(OPERATOR)("/").text()


def test_a_task_and_a_ruling_whose_time_is_used_go_up_too(people, visit_as):
    with clock.pretend(at(0, 8)):
        ticket = desk.ticket(people, ("take_on", ADMIN))
        task = taskdesk.task(people, of=ticket)
        disputed = desk.ticket(people, ("object", ADMIN, {"reason": "Yayasan.", "proposed": "luar"}))
    for moment in (at(7, 9), at(7, 10)):
        run(moment)
        with clock.pretend(moment):
            actions.propose_overdue_rulings()
            db.session.commit()
    rows = select(Escalation.ticket_id, Escalation.task_id, Escalation.cause).order_by(Escalation.ticket_id)
    assert sorted(map(tuple, db.session.execute(rows))) == [
        (ticket.id, 0, Cause.DUE), (ticket.id, task.id, Cause.DUE), (disputed.id, 0, Cause.RULING),
    ]  # fmt: skip
    page = visit_as(OPERATOR)("/usulan").text()
    assert "Tugas 1: Waktu jawaban Dinas PU sudah terpakai." in page and "belum ditetapkan" in page
    assert "Usulan naik ke atasan: jawaban ditunggu" in visit_as(OPERATOR)(f"/tiket/{ticket.id}").text()


def _look(app, moment, die=False):
    with app.app_context(), clock.pretend(moment):
        reminders.remind()
        if die:
            os.kill(os.getpid(), signal.SIGKILL)
        db.session.commit()


def test_two_clocks_at_once_and_one_that_was_killed_remind_once(app, people):
    made(people)
    db.session.commit()
    child = os.fork()
    if not child:
        db.engine.dispose(close=False)
        contextvars.Context().run(_look, app, at(1, 7, 45), die=True)
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    signal_, errors = threading.Barrier(2), []

    def look():
        signal_.wait(10)
        try:
            _look(app, at(1, 7, 46))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.expire_all()
    assert not errors
    assert readers(db.session.scalars(select(Letter).where(Letter.kind == "reminder")).unique()) == [ADMIN, LIAISON]
    assert db.session.scalar(select(func.count(Reminder.id))) == 1
    assert not list(events.broken_links())


def test_a_look_costs_no_more_for_matters_that_are_not_due(people, statements):
    for _ in range(4):
        made(people)
    with statements() as seen:
        run(at(0, 9))
    assert len(seen) <= 5, "\n".join(seen)


def test_the_clock_does_it(people):
    made(people)
    db.session.commit()
    assert "letters.reminders" in duties.DUTIES and "tickets.rulings" in duties.DUTIES
    with clock.pretend(at(1, 7, 45)):
        jobs.remind()
    assert db.session.scalar(select(func.count(Letter.id)).where(Letter.kind == "reminder")) == 2
