"""`flask clock`: every 15 s, offer what is due and run the periodic duties. Two of them do no harm."""

import structlog

from app.core import duties, processes, work

log = structlog.get_logger()


def tick(app) -> bool:
    """One tick. False while another clock holds the lease."""
    with app.app_context():
        if not duties.hold_clock():
            return False
        work.offer_due()
        duties.run_due()
        work.offer_due()
        return True


def tick_forever(app) -> None:
    """Tick until SIGTERM or SIGINT; a database that is away is waited for."""
    stop = processes.Stop()
    while not stop.requested:
        try:
            tick(app)
        except Exception as error:
            log.warning("clock.waits", error=type(error).__name__)
        stop.wait(duties.TICK)
    _release(app)


def _release(app) -> None:
    try:
        with app.app_context():
            duties.release_clock()
    except Exception as error:
        log.warning("clock.release_failed", error=type(error).__name__)
