"""More of what people do in a story: whose authority it is, what the field says, and who may know."""

import io

from app.demo import pictures
from app.demo.stage import Play, Scene
from app.people.models import Seat
from app.tickets import actions
from app.tickets.actions import outside, secrecy


def asks_ruling(day: int, at: str, who: str, of: str, question: str) -> Scene:
    """«Minta putusan» of an Asisten or the Sekda."""

    def act(play: Play, seat: Seat | None) -> None:
        assert seat is not None
        actions.ask_ruling(play.ticket, seat, of, question)

    return Scene(day, at, who, act)


def rules(day: int, at: str, who: str, opd: str, by: str, basis: str) -> Scene:
    """The ruling that was asked is recorded on the day it was given; the matter goes to that OPD."""

    def act(play: Play, seat: Seat | None) -> None:
        assert seat is not None
        given = {"opd": opd, "ruled_by": by, "ruled_on": play.days.day(day).isoformat(), "basis": basis}
        actions.record_ruling(play.ticket, seat, given)

    return Scene(day, at, who, act)


def asks_field(day: int, at: str, who: str, whom: str, question: str) -> Scene:
    """«Cek lapangan»: somebody in the field is asked by a link."""

    def act(play: Play, seat: Seat | None) -> None:
        assert seat is not None
        given = {"kind": "check", "to_name": whom, "to_email": "", "question": question}
        play.asked, _secret = outside.ask(play.ticket, seat, given)

    return Scene(day, at, who, act)


def field_answers(day: int, at: str, finding: str, words: str, picture: str) -> Scene:
    """What comes back by that link, with a photo."""

    def act(play: Play, _seat: Seat | None) -> None:
        assert play.asked is not None
        photo = (io.BytesIO(pictures.draw(picture)), "foto.jpg")
        outside.answer(play.asked, play.ticket, {"finding": finding, "words": words}, [photo])

    return Scene(day, at, "", act)


def marks_child(day: int, at: str, who: str, safe_title: str, summary: str, reference: str) -> Scene:
    """A child case: a status, two safe sentences, DP3A's number."""

    def act(play: Play, seat: Seat | None) -> None:
        assert seat is not None
        given = {"safe_title": safe_title, "safe_summary": summary, "case_reference": reference}
        secrecy.mark_child_case(play.ticket, seat, given)

    return Scene(day, at, who, act)


def encloses(day: int, at: str, who: str, officers: tuple[str, ...], deputies: tuple[str, ...] = ()) -> Scene:
    """Only these officers and their deputies know of the ticket from here on."""

    def act(play: Play, seat: Seat | None) -> None:
        assert seat is not None
        named, standing_in = ([play.seats[who].person_id for who in circle] for circle in (officers, deputies))
        secrecy.restrict(play.ticket, seat, named, standing_in)

    return Scene(day, at, who, act)
