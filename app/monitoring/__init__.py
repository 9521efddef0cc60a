"""From sources to alerts."""


def init_app(app) -> None:
    from app.monitoring import checks, jobs, models, routes  # noqa: F401 - they belong to every process

    app.register_blueprint(routes.bp)
