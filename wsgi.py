"""The application object for gunicorn and `flask --app wsgi`. What keeps it from starting is said in one sentence."""

import sys


def _leave(sentence: str):
    print(sentence, file=sys.stderr)
    sys.exit(2)


if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this file too
    _leave("Tanggap memerlukan Python 3.11 atau lebih baru.")

try:
    from app import create_app
    from app.config import BadSetting

    app = create_app()
except ModuleNotFoundError as missing:
    _leave(f"Paket Python '{missing.name}' belum terpasang. Jalankan: make run")
except BadSetting as sentence:
    _leave(str(sentence))
