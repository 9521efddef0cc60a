"""The alarm clock: RQ carries nothing but the numbers of rows in `work`.

Whoever can write to the queue server could otherwise run any importable function, four ways: the job's function,
its callbacks, its webhooks and pickled data. So jobs are JSON, and `Alarm` knows one function only (guard.md 22).
"""

import os
import signal
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from flask import current_app, has_app_context
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker
from rq.exceptions import NoSuchJobError, StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer

from app.config import BadSetting
from app.core import processes, runfolder, upkeep, work
from app.extensions import db

NAME = "tanggap"
FUNCTION = "app.core.work.perform"
JOB_TIMEOUT = 600
PATIENCE_AT_STOP = 14
KEPT_FAILURE = 3600

log = structlog.get_logger()


class Alarm(Job):
    """An RQ job that can only mean: perform(one number)."""

    def restore(self, raw_data) -> None:
        """Read a job from the queue; anything but ours is as good as not there."""
        try:
            super().restore(raw_data)
            self._disarm()
            refused = not self._is_ours()
        except Exception as error:
            raise NoSuchJobError(f"unreadable job {self.id}") from error
        if refused:
            log.warning("queue.refused", job=self.id)
            raise NoSuchJobError(f"refused job {self.id}")

    @property
    def func(self):
        """Never looked up by name."""
        return work.perform

    success_callback = failure_callback = stopped_callback = property(lambda self: None)

    def send_webhooks(self, status, *, exc_string=None) -> None:
        """We have none, whatever the queue says."""

    def _disarm(self) -> None:
        self.webhooks = []
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self._dependency_ids = []
        self.repeats_left = self.retries_left = self.rate_limit_key = self.group_id = None

    def _is_ours(self) -> bool:
        function, instance, args, kwargs = self.func_name, self.instance, self.args, self.kwargs
        number = len(args) == 1 and type(args[0]) is int
        return function == FUNCTION and instance is None and number and not kwargs


class AlarmQueue(Queue):
    job_class = Alarm


class Workhorse(Worker):
    """A forking worker: each work in a process of its own, with its own database connection and app context."""

    job_class = Alarm
    queue_class = AlarmQueue
    max_connection_wait_time = 4.0
    app = None
    stop = None

    def main_work_horse(self, job, queue) -> None:
        processes.die_with_parent(signal.SIGKILL)
        with self.app.app_context():
            db.engine.dispose(close=False)
            super().main_work_horse(job, queue)

    def check_for_suspension(self, burst: bool) -> None:
        """A signal that came before RQ listened for signals counts, too."""
        if self.stop is not None and self.stop.requested:
            raise StopRequested
        super().check_for_suspension(burst)

    def setup_work_horse_signals(self) -> None:
        """SIGTERM to the horse: finish, or give the work back at the next batch, or at the latest in 14 s."""
        super().setup_work_horse_signals()
        signal.signal(signal.SIGTERM, _stop_soon)

    def handle_warm_shutdown_request(self) -> None:
        if self.horse_pid:
            os.kill(self.horse_pid, signal.SIGTERM)

    def handle_work_horse_killed(self, job, retpid, ret_val, rusage) -> None:
        """A horse that died holds a lease nobody will renew: free it now, not when it runs out."""
        _ready(self.app)

    def request_force_stop(self, signum, frame) -> None:
        """A second signal changes nothing: the supervisor kills after 20 s."""


def connect(url: str, timeout: float = 1) -> Redis:
    """A client that fails fast: a dead queue must not hold up a request."""
    return Redis.from_url(
        url,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )


def url(config: dict) -> str:
    """Where the queue lives: TANGGAP_REDIS_URL, or the embedded server's socket."""
    given = config["REDIS_URL"]
    if not given:
        return f"unix://{runfolder.of(Path(config['INSTANCE_PATH'])) / 'queue.sock'}"
    parts = urlsplit(given)
    if parts.scheme == "redis" and not parts.password and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise BadSetting("TANGGAP_REDIS_URL ke komputer lain harus memakai sandi atau TLS (rediss://).")
    return given


def limit_storage(config: dict) -> dict:
    """Flask-Limiter counts in the queue server, and in memory while that is away: nobody is locked out by it."""
    given = url(config)
    return {
        "RATELIMIT_STORAGE_URI": f"redis+{given}" if given.startswith("unix://") else given,
        "RATELIMIT_STORAGE_OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)},
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_SWALLOW_ERRORS": True,
    }


def connection() -> Redis:
    """This app's client; made once per process."""
    kept = current_app.extensions.setdefault("tanggap_queue", {})
    if kept.get("pid") != os.getpid():
        kept |= {"pid": os.getpid(), "client": connect(url(current_app.config))}
    return kept["client"]


def queue() -> AlarmQueue:
    return AlarmQueue(NAME, connection=connection(), serializer=JSONSerializer, default_timeout=JOB_TIMEOUT)


def wake(rows: list[tuple[int, int]]) -> None:
    """Push (work id, attempts so far) that are not waiting in the queue already. Never raises for a dead queue."""
    if not has_app_context() or _not_started():
        return
    try:
        line = queue()
        known = set(line.get_job_ids()) if len(rows) > 1 else set()
        for work_id, attempts in rows:
            if (job_id := f"work-{work_id}-{attempts}") not in known:
                _push(line, work_id, job_id)
    except (RedisError, OSError, BadSetting) as error:
        log.warning("queue.away", error=type(error).__name__)


def _not_started() -> bool:
    """Whether the embedded server was never here: `flask setup` works before the tree is up."""
    address = url(current_app.config)
    made = "tanggap_queue" in current_app.extensions
    return not made and address.startswith("unix://") and not Path(address.removeprefix("unix://")).exists()


def _push(line: AlarmQueue, work_id: int, job_id: str) -> None:
    line.enqueue_call(
        FUNCTION, args=[work_id], job_id=job_id, result_ttl=0, failure_ttl=KEPT_FAILURE, description=job_id
    )


def is_up() -> bool:
    try:
        return bool(connection().ping())
    except (RedisError, OSError):
        return False


def work_forever(app) -> None:
    """The worker process: waits for database and queue, frees the leases of the dead, works until told to stop."""
    stop = processes.Stop()
    while not stop.requested:
        if _ready(app) and not _work(app, stop):
            return
        stop.wait(1)


def _ready(app) -> bool:
    """Free what the dead held; False while the database or the queue is away."""
    try:
        with app.app_context():
            if freed := upkeep.free_dead_leases():
                log.info("work.freed", count=freed)
            work.offer_due()
            return is_up()
    except Exception as error:
        log.warning("worker.waits", error=type(error).__name__)
        return False
    finally:
        with app.app_context():
            db.engine.dispose()


def _work(app, stop: processes.Stop) -> bool:
    """Work until stopped (False) or until the queue goes away (True)."""
    with app.app_context():
        line = connect(url(app.config), timeout=60)
    worker = Workhorse(
        [AlarmQueue(NAME, connection=line, serializer=JSONSerializer)],
        connection=line,
        serializer=JSONSerializer,
        worker_ttl=30,
        job_monitoring_interval=5,
        maintenance_interval=60,
        log_job_description=False,
    )
    worker.app, worker.stop = app, stop
    try:
        worker.work(logging_level="WARNING")
    except (RedisError, OSError) as error:
        log.warning("worker.queue_away", error=type(error).__name__)
    stop.requested = stop.requested or worker._shutdown_requested_date is not None
    stop.listen()
    return not stop.requested


def _stop_soon(_signum, _frame) -> None:
    work.stopping = True
    signal.signal(signal.SIGALRM, _give_back_now)
    signal.alarm(PATIENCE_AT_STOP)


def _give_back_now(_signum, _frame) -> None:
    raise work.GiveBack
