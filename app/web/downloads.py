"""Files that people sent, on their way out: downloaded, never run."""

from flask import Response, abort, send_file

from app.core import storage

SANDBOX = "default-src 'none'; sandbox"


def send_kept(key: str, media_type: str, name: str) -> Response:
    """The stored file, or 404. Only pictures that we encoded ourselves are shown in place."""
    if not storage.exists(key):
        abort(404)
    response = send_file(
        storage.path(key),
        mimetype=media_type,
        as_attachment=media_type != "image/jpeg",
        download_name=name,
        conditional=False,
        max_age=None,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
