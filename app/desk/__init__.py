"""Each role's first page and every page that joins several features; only reads and calls."""


def init_app(app) -> None:
    from app.desk import routes
    from app.desk.routes.nav import init_nav
    from app.monitoring.rules.kinds import because

    app.register_blueprint(routes.bp)
    app.jinja_env.globals["because"] = because
    init_nav(app)
