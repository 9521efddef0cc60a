"""From sources to alerts."""


def init_app(app) -> None:
    from app.monitoring import jobs, models, routes  # noqa: F401 - handlers and tables belong to every process

    app.register_blueprint(routes.bp)
