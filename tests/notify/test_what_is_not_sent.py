"""Letters that lost their cause, and words that may never leave: lines in a header, a level of our own."""

from datetime import timedelta

import pytest
import time_machine

from app.core import clock
from app.extensions import db
from app.notify.models import LetterState
from app.tickets.rules import Level
from tests.notify.conftest import ADMIN, ANSWER, LIAISON, OPERATOR
from tests.notify.test_sending import state_of, text_of


@pytest.mark.parametrize(
    "change, reason",
    [
        ("closed", "sudah diarsipkan"),
        ("rerouted", "sudah tidak di OPD penerima"),
        ("moved", "Penunjukan penerima sudah berakhir"),
        ("person_off", "Akun penerima"),
        ("objected", "keberatan"),
        ("restricted", "kini terbatas"),
    ],
)
def test_what_is_no_longer_wanted_is_dropped_with_a_reason(forwarded, letterbox, work_off, change, reason):
    seat, ticket = forwarded.people[LIAISON], forwarded.ticket
    letter = next(letter for letter in forwarded.letters() if letter.person_id == seat.person_id)
    if change == "closed":
        forwarded.go("archive", OPERATOR, reason="Bukan di Kukar.")
    elif change == "rerouted":
        forwarded.go("reroute", OPERATOR, opd="DPU", reason="Gedung milik PU.")
    elif change == "objected":
        forwarded.go("object", ADMIN, reason="Bukan kami.", proposed="tidak_tahu")
    elif change == "moved":
        seat.moved_at = clock.now()
    elif change == "person_off":
        seat.person.active = False
    else:
        ticket.restricted = True
    db.session.commit()
    work_off()
    state, trouble = state_of(letter)
    assert state is LetterState.DROPPED and reason in trouble
    assert letterbox.to(LIAISON) == []


def test_a_late_letter_does_not_ask_for_what_is_done(forwarded, letterbox, work_off):
    work_off()
    forwarded.go("take_on", ADMIN)
    forwarded.go("submit", ADMIN, answer=ANSWER)
    forwarded.go("approve", LIAISON)
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        work_off()
    [letter] = forwarded.letters("submit")
    assert state_of(letter)[0] is LetterState.DROPPED


def test_a_hostile_name_or_title_makes_no_header(forwarded, letterbox, work_off):
    forwarded.ticket.title = "Air keruh\r\nBcc: maling@x.example\n\nIsi palsu"
    forwarded.people[LIAISON].person.name = "Budi\r\nX-Jahat: 1\u202e"
    db.session.commit()
    work_off()
    [letter] = letterbox.to(LIAISON)
    assert letter["Bcc"] is None and letter["X-Jahat"] is None
    assert not set("\r\n\u202e") & set(str(letter["Subject"]) + str(letter["To"]))
    assert len(letterbox.letters) == 2


def test_an_impossible_address_fails_in_words(forwarded, letterbox, work_off):
    forwarded.people[LIAISON].person.email = "budi di kantor"
    db.session.commit()
    work_off()
    letter = next(letter for letter in forwarded.letters() if letter.person_id == forwarded.people[LIAISON].person_id)
    assert state_of(letter)[0] is LetterState.FAILED and "tidak sah" in state_of(letter)[1]


def test_level_krisis_is_never_in_a_letter(forwarded, letterbox, work_off):
    forwarded.ticket.level = Level.KRISIS
    db.session.commit()
    work_off()
    for letter in letterbox.letters:
        assert "risis" not in letter.as_string() + text_of(letter) and "Sangat segera" in text_of(letter)
