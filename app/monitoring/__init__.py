"""From sources to alerts."""


def init_app(app) -> None:
    from app.monitoring import models  # noqa: F401
