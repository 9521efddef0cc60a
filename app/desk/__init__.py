"""Each role's first page and every page that joins several features; only reads and calls."""


def init_app(app) -> None:
    from app.desk import jobs, routes  # noqa: F401
    from app.desk.routes.nav import init_nav
    from app.monitoring.rules.care import needs_care
    from app.monitoring.rules.kinds import because
    from app.monitoring.rules.mirror import status_told
    from app.monitoring.rules.records import is_old

    app.register_blueprint(routes.bp)
    app.jinja_env.globals.update(because=because, is_old=is_old, needs_care=needs_care, mirror_status=status_told)
    init_nav(app)
