"""At least once, under one Message-ID; the server's moods; nothing secret left behind (guard.md 7, 19, 21)."""

import contextvars
import logging
import os
import re
import signal
import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from app.core import clock, upkeep, work
from app.extensions import Base, db
from app.notify import actions, jobs
from app.notify.models import Letter, LetterState
from app.notify.rules import SENDING
from app.people.models import PersonalLink, secret_digest
from tests.harness.mailbox import Mailbox
from tests.notify.conftest import ADMIN, ANSWER, LIAISON

LINK = re.compile(r"^http://\S+/t/(\S+)\r?$", re.MULTILINE)


def text_of(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def token_of(letter) -> str:
    return LINK.search(text_of(letter)).group(1)


def state_of(letter: Letter) -> tuple[LetterState, str]:
    db.session.rollback()
    row = db.session.execute(select(Letter.state, Letter.trouble).where(Letter.id == letter.id)).one()
    db.session.commit()
    return row.state, row.trouble


def test_a_forwarded_ticket_reaches_both_mail_boxes(forwarded, letterbox, work_off):
    work_off()
    assert sorted(letter["X-Rcpt-To"] for letter in letterbox.letters) == [ADMIN, LIAISON]
    assert {letter.state for letter in forwarded.letters()} == {LetterState.SENT}
    assert len({token_of(letter) for letter in letterbox.letters}) == 2


def test_the_link_in_the_letter_is_alive_and_bound_to_its_reader(forwarded, letterbox, work_off):
    work_off()
    [letter] = letterbox.to(LIAISON)
    link = db.session.get(PersonalLink, secret_digest(token_of(letter)))
    assert link.alive and link.purpose == "ticket" and link.subject == forwarded.ticket.stream
    assert link.seat_id == forwarded.people[LIAISON].id


def test_no_secret_is_left_in_database_or_log(forwarded, letterbox, work_off, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    letterbox.script = ["451 busy"]
    work_off()
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        work_off()
    stored = "".join(str(db.session.execute(table.select()).all()) for table in Base.metadata.sorted_tables)
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # that is the server's own
    written = "".join([*ours, *capsys.readouterr()])
    for letter in letterbox.letters:
        assert token_of(letter) not in stored and token_of(letter) not in written


def test_headers_say_that_a_machine_wrote_it(forwarded, letterbox, work_off):
    work_off()
    [letter] = letterbox.to(LIAISON)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["Message-ID"] in {row.message_id for row in forwarded.letters()}
    assert letter["Date"] and letter["In-Reply-To"] is None
    assert str(letter["Reply-To"]) == str(letter["From"])


def test_later_letters_hang_below_the_first(forwarded, letterbox, work_off):
    work_off()
    forwarded.go("take_on", ADMIN)
    forwarded.go("submit", ADMIN, answer=ANSWER)
    work_off()
    first, second = letterbox.to(LIAISON)
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert second["Message-ID"] != first["Message-ID"]


def test_a_temporary_refusal_is_tried_again_and_says_why(forwarded, letterbox, work_off):
    letterbox.script = ["451 4.3.0 coba nanti", "451 4.3.0 coba nanti"]
    work_off()
    for letter in forwarded.letters():
        state, trouble = state_of(letter)
        assert state is LetterState.WAITING and "coba nanti" in trouble
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        work_off()
    assert len(letterbox.letters) == 2
    assert {letter.state for letter in forwarded.letters()} == {LetterState.SENT}
    assert {letter.trouble for letter in forwarded.letters()} == {""}


def test_a_dead_server_is_temporary(forwarded, app, work_off):
    before, app.config["MAIL_URL"] = app.config["MAIL_URL"], "smtp://127.0.0.1:9"
    try:
        work_off()
    finally:
        app.config["MAIL_URL"] = before
    state, trouble = state_of(forwarded.letters()[0])
    assert state is LetterState.WAITING and "tidak menjawab: sambungan ditolak" in trouble


class Picky(Mailbox):
    """Refuses one receiver for good."""

    refused = LIAISON

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address == self.refused:
            return "550 5.1.1 Tidak ada kotak surat ini http://x.example/t/rahasia"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def picky(app):
    box = Picky()
    before, app.config["MAIL_URL"] = app.config["MAIL_URL"], box.url
    yield box
    app.config["MAIL_URL"] = before
    box.stop()


def test_a_receiver_that_is_refused_for_good_fails_at_once_and_alone(forwarded, picky, work_off):
    work_off()
    by_email = {letter.person.email: letter for letter in forwarded.letters()}
    state, trouble = state_of(by_email[LIAISON])
    assert state is LetterState.FAILED
    assert "Tidak ada kotak surat ini" in trouble and "Periksa alamatnya" in trouble and "/t/" not in trouble
    assert state_of(by_email[ADMIN])[0] is LetterState.SENT


def test_a_letter_that_is_refused_for_good_fails(forwarded, letterbox, work_off):
    letterbox.script = ["554 5.7.1 spam", "554 5.7.1 spam"]
    work_off()
    assert {state_of(letter)[0] for letter in forwarded.letters()} == {LetterState.FAILED}


def test_after_many_tries_it_is_given_up_visibly(forwarded, letterbox, work_off):
    letterbox.script = ["451 penuh"] * 2 * jobs.ATTEMPTS
    moment = clock.now()
    for _ in range(jobs.ATTEMPTS):
        with time_machine.travel(moment, tick=False):
            work_off()
        moment += timedelta(hours=2)
    assert letterbox.tried == 2 * jobs.ATTEMPTS
    state, trouble = state_of(forwarded.letters()[0])
    assert state is LetterState.FAILED and "penuh" in trouble


def test_a_letter_whose_work_died_silently_shows_as_failed(forwarded):
    db.session.execute(text("UPDATE work SET state = 'dead', last_error = 'Proses berhenti mendadak.'"))
    actions.fail_buried()
    db.session.commit()
    assert state_of(forwarded.letters()[0]) == (LetterState.FAILED, "Proses berhenti mendadak.")


def _leases(count: int) -> list[work.Lease]:
    ids = db.session.scalars(select(work.Work.id).where(work.Work.kind == "letter.send").order_by(work.Work.id)).all()
    return [lease for work_id in ids[:count] if (lease := work.claim(work_id))]


def test_killed_between_the_servers_yes_and_our_note_it_comes_twice_as_one_letter(forwarded, letterbox, work_off):
    [lease] = _leases(1)
    ref_id = db.session.scalar(select(work.Work.ref_id).where(work.Work.id == lease.work_id))
    jobs.send(ref_id, lease)
    db.session.rollback()  # the process dies here
    assert len(letterbox.letters) == 1
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert work.perform(lease.work_id)
    first, second = letterbox.letters
    assert first["Message-ID"] == second["Message-ID"] and first["X-Rcpt-To"] == second["X-Rcpt-To"]
    for letter in (first, second):
        assert db.session.get(PersonalLink, secret_digest(token_of(letter))).alive
    assert token_of(first) != token_of(second)
    work_off()
    assert len(letterbox.letters) == 3


def test_the_link_is_committed_before_the_letter_leaves(forwarded, app, monkeypatch):
    """When the server says yes, another process already knows the link; and no transaction is open meanwhile."""
    seen = []

    def look(_message, _name):
        seen.append((db.session().in_transaction(), db.session.scalar(select(PersonalLink.digest).limit(1))))
        db.session.rollback()
        return ""

    monkeypatch.setattr(jobs, "_send", look)
    [lease] = _leases(1)
    jobs.send(db.session.scalar(select(work.Work.ref_id).where(work.Work.id == lease.work_id)), lease)
    lease.finish()
    [(open_transaction, digest)] = seen
    assert not open_transaction and digest


def test_the_same_work_offered_twice_at_once_sends_one_letter(forwarded, app, letterbox):
    ids = db.session.scalars(select(work.Work.id).where(work.Work.kind == "letter.send")).all()
    db.session.commit()

    def carry() -> None:
        with app.app_context():
            for work_id in ids:
                work.perform(work_id)

    workers = [threading.Thread(target=carry) for _ in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert len(letterbox.letters) == 2


def test_a_sent_letter_is_not_sent_again(forwarded, letterbox, work_off):
    work_off()
    for letter in forwarded.letters():
        work.later("letter.send", letter.id)
    work_off()
    assert len(letterbox.letters) == 2


def test_a_sender_killed_after_the_servers_yes_is_followed_by_one_copy_at_most(forwarded, app, letterbox, work_off):
    """A real SIGKILL in a process of its own; whoever starts next frees its lease."""
    work_id = db.session.scalar(select(work.Work.id).where(work.Work.kind == SENDING).order_by(work.Work.id))
    db.session.commit()
    child = os.fork()
    if not child:
        _send_and_die(app, work_id)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert len(letterbox.letters) == 1
    assert upkeep.free_dead_leases() == 1
    work_off()
    address = letterbox.letters[0]["X-Rcpt-To"]
    first, second = letterbox.to(address)
    assert first["Message-ID"] == second["Message-ID"] and token_of(first) != token_of(second)
    assert all(db.session.get(PersonalLink, secret_digest(token_of(letter))).alive for letter in (first, second))


def _send_and_die(app, work_id: int) -> None:
    deliver = jobs._send

    def last(message, name):
        deliver(message, name)
        os.kill(os.getpid(), signal.SIGKILL)

    jobs._send = last
    try:
        db.engine.dispose(close=False)
        contextvars.Context().run(_perform, app, work_id)
    finally:
        os._exit(1)


def _perform(app, work_id: int) -> None:
    with app.app_context():
        work.perform(work_id)
