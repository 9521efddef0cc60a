"""Reads events, writes letters; imported by nobody."""


def init_app(app) -> None:
    from app.notify import models  # noqa: F401
