"""Tanggap: monitoring alerts become tickets that agencies finish, and the agenda that leaders decide on."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config, extensions


def create_app(overrides: dict | None = None) -> Flask:
    """The application. `overrides` are settings by name, without the prefix. Raises config.BadSetting."""
    settings = config.load(overrides)
    app = Flask(__name__, instance_path=settings["INSTANCE_PATH"])
    app.config.update(settings)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = extensions.engine_options(settings["DATABASE_URL"])
    if settings["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings["PROXIES"], x_proto=settings["PROXIES"])
    _init_extensions(app)
    _init_web(app)
    _init_features(app)
    return app


def _init_extensions(app: Flask) -> None:
    from app.core import queue

    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    extensions.csrf.init_app(app)
    extensions.login_manager.init_app(app)
    extensions.babel.init_app(app)
    app.config.update(queue.limit_storage(app.config))
    extensions.limiter.init_app(app)
    extensions.compress.init_app(app)
    with app.app_context():
        extensions.tune(extensions.db.engine)


def _init_web(app: Flask) -> None:
    from app.core import logs
    from app.web import access, assets, errors, headers, health, numbers, ui

    logs.init_logs(app)
    numbers.init_numbers(app)
    access.init_access(app)
    headers.init_headers(app)
    assets.init_assets(app)
    ui.init_ui(app)
    errors.init_errors(app)
    health.init_health(app)


def _init_features(app: Flask) -> None:
    from app import agenda, cli, desk, monitoring, notify, papers, people, tickets
    from app.web.access import check_marks

    for feature in (people, monitoring, tickets, agenda, papers, notify, desk):
        feature.init_app(app)
    cli.init_cli(app)
    check_marks(app)
