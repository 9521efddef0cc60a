"""`/healthz`: the process answers. `/readyz`: the database answers too."""

from flask import Blueprint, current_app
from sqlalchemy import text

from app.extensions import db
from app.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive():
    return {"ok": True}


@bp.get("/readyz")
@public
def ready():
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        current_app.logger.exception("database does not answer")
        return {"ok": False, "database": False}, 503
    return {"ok": True, "database": True}


def init_health(app) -> None:
    app.register_blueprint(bp)
