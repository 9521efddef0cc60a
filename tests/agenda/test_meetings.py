"""A rakor is prepared, frozen, held and finished; who reads what of it."""

import pytest
from sqlalchemy import select

from app.agenda import actions, material, policy, queries
from app.agenda.models import Rakor
from app.agenda.rules import AgendaStage, Attendance, RakorState
from app.agenda.rules.changes import since
from app.core import events, storage
from app.core.refused import Refused
from app.desk.verify import findings
from app.extensions import db
from app.tickets.actions import secrecy
from app.tickets.models import Ticket
from tests.agenda.hall import matter, place_of, plan, rakor
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR, OTHER_ADMIN, ticket


def test_matters_keep_their_order_and_move_by_one(people, db_session):
    first, second, third = matter(people), matter(people, title="Air"), matter(people, title="Jalan")
    meeting = rakor(people, first, second, third)
    actions.order(meeting, people[OPERATOR], place_of(third, meeting), up=True)
    actions.order(meeting, people[OPERATOR], place_of(first, meeting), up=True)
    listed = [row.item_id for row in policy.matters_of(meeting, people[OPERATOR])]
    assert listed == [first.id, third.id, second.id]
    actions.drop_matter(meeting, people[OPERATOR], place_of(third, meeting))
    actions.take_up(meeting, people[OPERATOR], [first, third])
    assert [row.item_id for row in policy.matters_of(meeting, people[OPERATOR])] == [first.id, second.id, third.id]


def test_locked_material_stays_the_same_to_the_byte(people, db_session):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    key, before = meeting.snapshot_key, storage.read(meeting.snapshot_key)
    actions.revise(item, people[OPERATOR], {"title": "Atap semua sekolah", "question": "Siapa membayar?"})
    actions.rearrange(meeting, people[OPERATOR], {
        "topic": meeting.topic, "starts_at": meeting.starts_at, "place": "Aula", "guests": ["DISDIKBUD"],
    })  # fmt: skip
    assert (meeting.snapshot_key, storage.read(meeting.snapshot_key)) == (key, before)
    told = material.of(meeting, people[OPERATOR])
    assert told["matters"][0]["title"] == "Atap sekolah di hulu"
    changes = since(told, material.told(material.fresh(meeting, people[OPERATOR]), people[OPERATOR]))
    assert "Tempat: Ruang rapat Setda → Aula." in changes and any("judul" in words for words in changes)


def test_the_same_rows_make_the_same_bytes(people):
    meeting = rakor(people, matter(people))
    made = [material.as_bytes(material.fresh(meeting, people[OPERATOR])) for _ in range(2)]
    assert made[0] == made[1]


def test_locking_again_freezes_anew_and_keeps_what_was(people):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    former = meeting.snapshot_key
    actions.revise(item, people[OPERATOR], {"title": "Atap semua sekolah"})
    actions.lock(meeting, people[OPERATOR])
    assert meeting.snapshot_key != former and storage.exists(former)
    assert events.latest(meeting.stream)[0].before == {"sha256": former}


def test_lost_material_is_found_out(people):
    meeting = rakor(people, matter(people), locked=True)
    assert list(findings()) == []
    storage.discard(meeting.snapshot_key)
    assert list(findings()) == [f"Berkas bahan rakor {meeting.id} tidak ada lagi."]


def test_an_empty_rakor_is_not_locked_and_an_unlocked_one_not_finished(people):
    meeting = rakor(people)
    with pytest.raises(Refused, match="perkara"):
        actions.lock(meeting, people[OPERATOR])
    with pytest.raises(Refused, match="Kunci"):
        actions.finish(meeting, people[OPERATOR])


def test_the_next_rakor_opens_with_what_the_last_one_promised(people):
    item = matter(people)
    held = rakor(people, item, locked=True)
    made = plan(people, item, held)
    coming = rakor(people, matter(people, title="Air"))
    assert [row["id"] for row in material.fresh(coming, people[OPERATOR])["plans"]] == [made.id]
    assert material.fresh(held, people[OPERATOR])["plans"] == [], "its own plans are its outcome"


def test_a_decision_agrees_and_needs_words(people):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    place = place_of(item, meeting)
    with pytest.raises(Refused, match="keputusan"):
        actions.decide(meeting, place, people[OPERATOR], "Dibahas.", "", True)
    actions.decide(meeting, place, people[OPERATOR], "Dibahas.", "Disepakati rehab bertahap.", True)
    assert item.stage is AgendaStage.AGREED
    actions.finish(meeting, people[OPERATOR])
    assert meeting.state is RakorState.FINISHED
    assert events.latest(meeting.stream)[0].after == {"matters": 1, "decided": 1}
    assert not list(events.broken_links())


def test_nothing_is_held_before_the_material_is_locked(people):
    item = matter(people)
    meeting = rakor(people, item)
    with pytest.raises(Refused, match="Kunci"):
        actions.decide(meeting, place_of(item, meeting), people[OPERATOR], "", "x", False)


def test_a_representative_has_a_name(people):
    meeting = rakor(people, matter(people), locked=True)
    guest = meeting.guests[0]
    with pytest.raises(Refused, match="mewakili"):
        actions.attend(meeting, people[OPERATOR], {guest.id: (Attendance.REPRESENTED, "")})
    actions.attend(meeting, people[OPERATOR], {guest.id: (Attendance.REPRESENTED, "Sekretaris dinas")})
    assert guest.represented_by == "Sekretaris dinas"


def test_what_was_discussed_is_not_taken_off(people):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    plan(people, item, meeting)
    with pytest.raises(Refused, match="sudah dibahas"):
        actions.drop_matter(meeting, people[OPERATOR], place_of(item, meeting))


def test_a_cancelled_rakor_is_not_changed(people):
    meeting = rakor(people, matter(people))
    with pytest.raises(Refused, match="mengapa"):
        actions.cancel(meeting, people[OPERATOR], " ")
    actions.cancel(meeting, people[OPERATOR], "Ketua berhalangan.")
    with pytest.raises(Refused, match="dibatalkan"):
        actions.lock(meeting, people[OPERATOR])
    assert not policy.may_prepare(meeting, people[OPERATOR]) and not policy.may_hold(meeting, people[OPERATOR])


def test_who_is_invited_knows_of_it(people, db_session):
    mine, other = rakor(people, guests=["DISDIKBUD"]), rakor(people, guests=["SETDA"])
    seen = {email: list(db_session.scalars(policy.visible_rakor(people[email]).order_by(Rakor.id)))
            for email in (OPERATOR, LEADER, ADMIN, OTHER_ADMIN)}  # fmt: skip
    assert seen == {OPERATOR: [mine, other], LEADER: [mine, other], ADMIN: [mine], OTHER_ADMIN: []}


def test_an_invited_opd_reads_titles_and_questions_and_its_own_plans(people):
    item = matter(people, background="Latar dalam", cause="Akar dalam")
    theirs = plan(people, item, opd="SETDA", supports=[])
    ours = plan(people, item)
    meeting = rakor(people, item, locked=True)
    told = material.of(meeting, people[ADMIN])
    assert told["matters"] == [{
        "id": item.id, "position": 1, "title": "Atap sekolah di hulu", "lead": "Disdikbud", "lead_code": "DISDIKBUD",
        "stage": "Diusulkan", "sensitive": False, "question": "Dari anggaran mana?",
    }]  # fmt: skip
    assert [row["id"] for row in told["plans"]] == [ours.id] and theirs.id != ours.id


def test_what_becomes_secret_after_the_lock_is_told_to_nobody_anew(people):
    row, other = ticket(people), ticket(people)
    safe, gone = matter(people, row), matter(people, other, title="Yang hilang")
    meeting = rakor(people, safe, gone, locked=True)
    key = meeting.snapshot_key
    secrecy.mark_sensitive(row, people[OPERATOR], "Perkara di sebuah sekolah")
    secrecy.set_secrecy(other, people[HEAD], named=[people[HEAD].person_id])
    for email in (LEADER, ADMIN):
        told = material.of(meeting, people[email])
        assert [matter["title"] for matter in told["matters"]] == ["Perkara di sebuah sekolah"]
        assert "Dari anggaran mana?" not in str(told) and "roboh" not in str(told)
    assert meeting.snapshot_key == key


def test_no_rakor_takes_up_what_is_restricted(people):
    row = ticket(people)
    item = matter(people, row)
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    meeting = rakor(people)
    with pytest.raises(Refused, match="terbatas"):
        actions.take_up(meeting, people[HEAD], [item])


def test_matters_of_a_rakor_hide_with_their_sources(people, db_session):
    row = ticket(people)
    item = matter(people, row)
    meeting = rakor(people, item)
    secrecy.set_secrecy(row, people[HEAD], named=[people[HEAD].person_id])
    assert [len(policy.matters_of(meeting, people[email])) for email in (HEAD, OPERATOR, LEADER)] == [1, 0, 0]
    assert material.fresh(meeting, people[HEAD])["matters"] == []
    assert db_session.scalars(select(Rakor)).all() == [meeting]


def test_what_became_secret_after_the_decision_is_shown_to_no_room(people, login):
    """A sensitive matter by its title alone; a restricted one not at all, even where a named officer opens it."""
    kept, hushed, closed = (
        matter(people, row=ticket(people), title=f"Perkara {n}", cause=f"Sebab kanari {n}") for n in "abc"
    )
    meeting = rakor(people, kept, hushed, closed, locked=True)
    for item in (hushed, closed):
        actions.decide(meeting, place_of(item, meeting), people[OPERATOR], "Dibahas kanari.", "Diputus kanari.", False)
    db.session.commit()
    behind = {item: queries.sources_of([item.id])[item.id][0].ticket_id for item in (hushed, closed)}
    head = people[HEAD]
    secrecy.set_secrecy(db.session.get(Ticket, behind[hushed]), head, safe_title="Perkara anak di hulu")
    secrecy.set_secrecy(db.session.get(Ticket, behind[closed]), head, named=[head.person_id])
    db.session.commit()
    for who in (HEAD, LEADER):
        browser = login(who)
        shown = "".join(browser.get(f"/rakor/{meeting.id}/layar/{n}").text for n in range(4))
        assert "Sebab kanari a" in shown and "Perkara anak di hulu" in shown
        assert not [word for word in ("kanari b", "kanari c", "Diputus", "Perkara c") if word in shown], who
        assert browser.get(f"/rakor/{meeting.id}/layar/3").status_code == 404
    leader = login(LEADER)
    for path in (f"/rakor/{meeting.id}", f"/rakor/{meeting.id}/perkara/{hushed.id}"):
        assert "Diputus" not in leader.get(path).text and "Dibahas" not in leader.get(path).text


def test_a_corrected_judul_aman_reaches_the_agenda(people):
    row = ticket(people)
    item = matter(people, row=row, title="Kasus di SDN kanari")
    secrecy.set_secrecy(row, people[HEAD], safe_title="Perkara di SDN kanari")
    secrecy.set_secrecy(row, people[HEAD], safe_title="Perkara anak")
    db.session.commit()
    assert (item.title, item.sensitive) == ("Perkara anak", True)


def test_what_was_dropped_meanwhile_is_not_taken_up(people):
    item, other = matter(people), matter(people, row=ticket(people), title="Lain")
    actions.move(item, "drop", people[OPERATOR], {"note": "Selesai di tiket."})
    db.session.commit()
    with pytest.raises(Refused):
        rakor(people, item)
    db.session.rollback()
    with pytest.raises(Refused):
        actions.merge(other, item, people[OPERATOR])
