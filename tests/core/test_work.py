"""The work table on both databases: once only, again when it failed, never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, processes, upkeep, work
from app.extensions import db


@pytest.fixture
def ran(app, monkeypatch):
    """Numbers of the rows that the kind "note" was done about."""
    seen = []
    monkeypatch.setattr(work, "HANDLERS", {})
    work.handler("note")(lambda ref_id, lease: seen.append(ref_id))
    return seen


def row(work_id):
    db.session.commit()
    return db.session.execute(select(work.Work).where(work.Work.id == work_id)).scalar_one()


def write(kind="note", ref_id=1, **when):
    work_id = work.later(kind, ref_id, **when)
    db.session.commit()
    return work_id


def set_row(work_id, **values):
    db.session.execute(work.update(work.Work).where(work.Work.id == work_id).values(**values))
    db.session.commit()


def test_work_is_done_once(db_session, ran):
    work_id = write()
    assert work.perform(work_id) is True
    assert work.perform(work_id) is False
    assert ran == [1]
    assert row(work_id).state == work.WorkState.DONE


def test_work_of_a_transaction_that_failed_does_not_exist(db_session, ran):
    work_id = work.later("note", 1)
    db.session.rollback()
    assert work.perform(work_id) is False
    assert ran == []


def test_a_key_is_used_once_for_ever(db_session, ran):
    assert write(key="escalate:1:2")
    assert write(key="escalate:1:2") is None
    assert write(key=None) and write(key=None)


def test_work_waits_for_its_time(db_session, ran):
    work_id = write(at=clock.now() + timedelta(hours=1))
    assert work.perform(work_id) is False
    set_row(work_id, next_try=clock.now() - timedelta(seconds=1))
    assert work.perform(work_id) is True


def test_only_one_of_two_may_claim(db_session, ran):
    work_id = write()
    assert work.claim(work_id) is not None
    assert work.claim(work_id) is None


def test_an_expired_lease_is_taken_over_and_the_former_holder_cannot_commit(db_session, ran):
    work_id = write()
    slow = work.claim(work_id)
    set_row(work_id, lease_until=clock.now() - timedelta(seconds=1))
    fast = work.claim(work_id)
    work.later("note", 99)  # what the slow one wrote meanwhile
    with pytest.raises(work.LeaseLost):
        slow.renew()
    assert db.session.scalar(select(work.Work.id).where(work.Work.ref_id == 99)) is None
    fast.finish()
    assert row(work_id).state == work.WorkState.DONE


def test_renewing_commits_the_batch_and_keeps_the_lease(db_session, ran):
    work_id = write()
    lease = work.claim(work_id)
    set_row(work_id, lease_until=clock.now() + timedelta(seconds=1))
    work.later("note", 7)
    lease.renew(60)
    db.session.rollback()
    assert db.session.scalar(select(work.Work.id).where(work.Work.ref_id == 7))
    assert row(work_id).lease_until > clock.now() + timedelta(seconds=50)


def test_what_the_handler_left_uncommitted_is_committed_with_done(db_session, ran):
    work.handler("more")(lambda ref_id, lease: work.later("note", 55))
    work_id = write("more")
    work.perform(work_id)
    assert db.session.scalar(select(work.Work.id).where(work.Work.ref_id == 55))


def test_a_retry_waits_and_says_why(db_session, ran):
    @work.handler("shy")
    def shy(ref_id, lease):
        work.later("note", 66)
        raise work.Retry("Server surat sedang sibuk.", after=30)

    work_id = write("shy")
    work.perform(work_id)
    failed = row(work_id)
    assert (failed.state, failed.attempts, failed.last_error) == ("waiting", 1, "Server surat sedang sibuk.")
    assert timedelta(seconds=25) < failed.next_try - clock.now() <= timedelta(seconds=30)
    assert db.session.scalar(select(work.Work.id).where(work.Work.ref_id == 66)) is None


def test_pauses_grow_to_an_hour_and_are_never_in_step():
    from app.core.attempt import pause

    assert 11 < pause(1) < 19
    assert 2700 <= pause(20) <= 4500
    assert len({pause(3) for _ in range(20)}) > 10


def test_giving_up_is_final_until_a_person_acts(db_session, ran):
    @work.handler("hopeless")
    def hopeless(ref_id, lease):
        raise work.GiveUp("Alamat tidak ada.")

    work_id = write("hopeless")
    work.perform(work_id)
    assert (row(work_id).state, row(work_id).last_error) == ("dead", "Alamat tidak ada.")
    assert work.perform(work_id) is False
    assert work.try_again(work_id) is True
    work.HANDLERS["hopeless"] = work.HANDLERS["note"]
    assert work.perform(work_id) is True
    assert row(work_id).state == work.WorkState.DONE
    assert work.try_again(work_id) is False


def test_dead_work_can_be_put_away(db_session, ran):
    work_id = write("no such kind")
    work.perform(work_id)
    assert row(work_id).state == work.WorkState.DEAD
    assert work.discard(work_id) is True
    assert work.discard(work_id) is False
    assert row(work_id).last_error


def test_work_is_dead_after_its_attempts(db_session, ran):
    @work.handler("broken", attempts=2)
    def broken(ref_id, lease):
        raise ValueError("kolom tidak ada")

    work_id = write("broken")
    for _ in range(2):
        set_row(work_id, next_try=clock.now() - timedelta(seconds=1))
        work.perform(work_id)
    assert (row(work_id).state, row(work_id).last_error) == ("dead", "ValueError: kolom tidak ada")


def test_work_that_kills_its_process_ends_on_the_page_of_failures(db_session, ran):
    work_id = write()
    for _ in range(10):
        work.claim(work_id)
        set_row(work_id, lease_until=clock.now() - timedelta(seconds=1))
    assert work.perform(work_id) is True
    assert row(work_id).state == work.WorkState.DEAD
    assert ran == []


def test_stopping_gives_the_work_back_without_counting(db_session, ran, monkeypatch):
    @work.handler("long")
    def long(ref_id, lease):
        monkeypatch.setattr(work, "stopping", True)
        work.later("note", 77)
        lease.renew()
        raise AssertionError("not reached")

    work_id = write("long")
    work.perform(work_id)
    assert (row(work_id).state, row(work_id).attempts) == ("waiting", 0)
    assert db.session.scalar(select(work.Work.id).where(work.Work.ref_id == 77)), "the batch before it is kept"


def test_leases_of_the_dead_are_freed_and_those_of_the_living_are_not(db_session, ran):
    dead, living, foreign = write(), write(), write()
    for work_id in (dead, living, foreign):
        work.claim(work_id)
    host, pid, _ = processes.me().rsplit("/", 2)
    set_row(dead, lease_token=f"{host}/{pid}/1/abc")
    set_row(foreign, lease_token=f"elsewhere/{pid}/1/abc")
    assert upkeep.free_dead_leases() == 1
    assert [row(i).state for i in (dead, living, foreign)] == ["waiting", "leased", "leased"]


def test_only_what_is_due_or_expired_is_offered(db_session, ran, monkeypatch):
    offered = []
    monkeypatch.setattr("app.core.queue.wake", offered.extend)
    due, future, held, expired = write(), write(at=clock.now() + timedelta(hours=1)), write(), write()
    work.claim(held)
    work.claim(expired)
    set_row(expired, lease_until=clock.now() - timedelta(seconds=1))
    offered.clear()
    assert work.offer_due() == 2
    assert {work_id for work_id, _ in offered} == {due, expired}
    assert future not in dict(offered)


def test_the_queue_is_woken_after_the_commit_only(db_session, ran, monkeypatch):
    woken = []
    monkeypatch.setattr("app.core.queue.wake", woken.extend)
    with db.session.begin_nested():
        work_id = work.later("note", 1)
    assert woken == []
    db.session.commit()
    assert woken == [(work_id, 0)]
    work.later("note", 2)
    db.session.rollback()
    db.session.execute(select(work.Work.id))
    db.session.commit()
    assert woken == [(work_id, 0)]


def test_a_dead_queue_fails_nobody(app, db_session, ran):
    app.extensions.pop("tanggap_queue", None)
    work_id = write()
    assert row(work_id).state == work.WorkState.WAITING


def test_finished_work_without_a_key_is_forgotten_in_time(db_session, ran):
    old, keyed, fresh = write(), write(key="k"), write()
    for work_id in (old, keyed, fresh):
        work.perform(work_id)
    for work_id in (old, keyed):
        set_row(work_id, finished_at=clock.now() - timedelta(days=40))
    assert upkeep.forget_done() == 1
    db.session.commit()
    assert set(db.session.scalars(select(work.Work.id))) == {keyed, fresh}


def test_progress_lets_attempts_count_anew_and_mere_waiting_does_not(db_session, ran):
    work_id = write()
    set_row(work_id, attempts=4)
    lease = work.claim(work_id)
    lease.renew()
    assert row(work_id).attempts == 5
    lease.advance()
    assert row(work_id).attempts == 1
    lease.finish()
