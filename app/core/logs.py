"""Logs: JSON lines on standard error, with the request and the person they belong to, never what people wrote."""

import logging
import re
import sys
import uuid

import structlog
from flask import Flask, g, request

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def init_logs(app: Flask) -> None:
    """Send our own and the libraries' logs through one formatter, and give every request an id."""
    _configure()

    @app.before_request
    def name_request():
        g.request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id, method=request.method, endpoint=request.endpoint)


def bind_person(person_id: int, opd_id: int) -> None:
    """Name who acts in the log lines of this request."""
    structlog.contextvars.bind_contextvars(person=person_id, opd=opd_id)


def _configure() -> None:
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_controls,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _without_controls(_logger, _method, entry: dict) -> dict:
    """A line is a line: control characters in values are shown, not sent to the terminal."""
    return {
        key: CONTROL.sub(lambda found: repr(found[0])[1:-1], value)
        if isinstance(value, str) and key != "exception"
        else value
        for key, value in entry.items()
    }
