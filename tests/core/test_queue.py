"""The queue wakes and nothing else: whoever can write to it can run nothing of theirs."""

import json
import pickle

import pytest
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.webhook import Webhook
from rq.worker import SimpleWorker

from app.core import queue, work
from app.extensions import db

RAN = []


def intruder(*arguments):
    """What an attacker would like to run."""
    RAN.append(arguments)


@pytest.fixture
def line(app, db_session, valkey, monkeypatch):
    """The app's queue; `RAN` is empty and the kind "note" is known."""
    RAN.clear()
    monkeypatch.setattr(work, "HANDLERS", {"note": work.Handler(lambda ref_id, lease: RAN.append("note"), 3)})
    return queue.queue()


def run(line):
    """A worker in this process, with our Job class and the serializer of production."""
    worker = SimpleWorker([line], connection=line.connection, serializer=JSONSerializer, job_class=queue.Alarm)
    worker.work(burst=True, logging_level="ERROR")


def push(line, job: Job):
    job.save()
    line.push_job_id(job.id)


def forge(line, function="app.core.work.perform", args=(1,), kwargs=None, **extra) -> Job:
    """A job as RQ itself would have written it for somebody hostile."""
    job = Job.create(
        func="app.core.work.perform", args=list(args), kwargs=kwargs, connection=line.connection,
        serializer=JSONSerializer, **extra,
    )  # fmt: skip
    job._func_name, job.origin = function, line.name
    return job


def test_a_commit_wakes_the_worker(line):
    work_id = work.later("note", 1)
    db.session.commit()
    run(line)
    assert RAN == ["note"]
    assert db.session.get(work.Work, work_id).state == work.WorkState.DONE


def test_offering_again_does_not_lengthen_the_queue(line):
    work.later("note", 1)
    work.later("note", 2)
    db.session.commit()
    for _ in range(3):
        work.offer_due()
    assert len(line) == 2


@pytest.mark.parametrize("function", [f"{__name__}.intruder", "os.system", "subprocess.call", "app.core.work.discard"])
def test_a_foreign_function_is_refused(line, function):
    push(line, forge(line, function))
    run(line)
    assert RAN == []
    with pytest.raises(NoSuchJobError):
        queue.Alarm.fetch(line.connection.keys("rq:job:*")[0].decode()[7:], line.connection, JSONSerializer)


@pytest.mark.parametrize("args, kwargs", [(["1"], None), ([], None), ([1, 2], None), ([1], {"x": 1}), ([[1]], None)])
def test_only_one_number_travels(line, args, kwargs):
    push(line, forge(line, args=args, kwargs=kwargs))
    with pytest.raises(NoSuchJobError):
        queue.Alarm.fetch(line.connection.keys("rq:job:*")[0].decode()[7:], line.connection, JSONSerializer)


@pytest.mark.parametrize("outcome", ["on_success", "on_failure", "on_stopped"])
def test_callbacks_are_emptied(line, outcome):
    from rq import Callback

    work_id = work.later("note", 1)
    db.session.commit()
    line.empty()
    job = forge(line, args=[work_id], **{outcome: Callback(f"{__name__}.intruder")})
    push(line, job)
    read = queue.Alarm.fetch(job.id, line.connection, JSONSerializer)
    assert (read.success_callback, read.failure_callback, read.stopped_callback) == (None, None, None)
    run(line)
    assert RAN == ["note"]


def test_a_failure_callback_does_not_run_when_the_job_fails(line, monkeypatch):
    from rq import Callback

    def explode(_number):
        raise RuntimeError("bad day")

    monkeypatch.setattr(work, "perform", explode)
    push(line, forge(line, on_failure=Callback(f"{__name__}.intruder")))
    run(line)
    assert RAN == []


def test_webhooks_are_emptied(line, pressroom):
    work_id = work.later("note", 1)
    db.session.commit()
    line.empty()
    hooks = [Webhook(pressroom.url("/hook"), status, method="POST") for status in ("finished", "failed")]
    job = forge(line, args=[work_id], webhooks=hooks)
    push(line, job)
    assert queue.Alarm.fetch(job.id, line.connection, JSONSerializer).webhooks == []
    run(line)
    assert RAN == ["note"]
    assert pressroom.asked == []


def test_stock_rq_would_have_run_each_of_them(line, pressroom):
    """The attack is real: the same jobs do their harm in a worker without our Job class."""
    from rq import Callback

    push(line, forge(line, f"{__name__}.intruder", on_success=Callback(f"{__name__}.intruder"),
                     webhooks=[Webhook(pressroom.url("/hook"), "finished")]))  # fmt: skip
    SimpleWorker([line.name], connection=line.connection, serializer=JSONSerializer).work(
        burst=True, logging_level="ERROR"
    )
    assert len(RAN) == 2
    assert len(pressroom.asked) == 1


class Bomb:
    def __reduce__(self):
        return intruder, ("pickle",)


@pytest.mark.parametrize("field", ["data", "meta", "result"])
def test_pickles_are_never_opened(line, field):
    job = forge(line)
    job.save()
    line.connection.hset(job.key, field, pickle.dumps(Bomb()))
    line.push_job_id(job.id)
    run(line)
    assert RAN == []


@pytest.mark.parametrize("garbage", [b"", b"not json", json.dumps(["x"]).encode(), b"\xff\xfe"])
def test_garbage_stops_no_worker(line, garbage):
    job = forge(line)
    job.save()
    line.connection.hset(job.key, mapping={"data": garbage, "status": "nonsense", "timeout": "never"})
    line.push_job_id(job.id)
    work.later("note", 1)
    db.session.commit()
    run(line)
    assert RAN == ["note"]


def test_a_foreign_queue_needs_a_password_or_tls(app):
    from app.config import BadSetting

    for address in ("redis://10.0.0.5:6379/0",):
        with pytest.raises(BadSetting):
            queue.url(app.config | {"REDIS_URL": address})
    for address in ("redis://:word@10.0.0.5/0", "rediss://10.0.0.5/0", "redis://127.0.0.1/0", "unix:///run/q.sock"):
        assert queue.url(app.config | {"REDIS_URL": address}) == address


def test_a_socket_path_fits_into_108_bytes(app):
    deep = "/srv/" + "kabupaten-kutai-kartanegara/" * 6
    address = queue.url(app.config | {"INSTANCE_PATH": deep, "REDIS_URL": ""})
    assert len(address.removeprefix("unix://")) < 108
