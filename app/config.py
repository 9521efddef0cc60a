"""Every setting once: name, default, meaning. Read from the environment with the prefix TANGGAP_."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "TANGGAP_"
SHORTEST_SECRET = 32
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DATABASE_URL", "", "SQLAlchemy address; empty: SQLite in the instance folder"),
    Setting("REDIS_URL", "", "any Redis or Valkey; empty: the embedded server"),
    Setting("SECRET_KEY", "", "signs cookies; empty: made in the instance folder, mode 600"),
    Setting("BASE_URL", "", "address of the intranet, used in letters; empty: http://HOST:PORT"),
    Setting("LINK_BASE_URL", "", "address of personal links; another host than BASE_URL serves only /t/"),
    Setting("MAIL_URL", "", "smtp://user:pass@host:port?starttls=1, file:<folder> or console:; empty: file:"),
    Setting("MAIL_FROM", "Tanggap Diskominfo <tanggap@localhost>", "sender of every letter"),
    Setting("IMAP_URL", "", "imaps://user:pass@host:993/INBOX of MAIL_FROM, for forwarded e-mail; empty: off"),
    Setting("HOST", "127.0.0.1", "address the web server listens on"),
    Setting("PORT", "8000", "port the web server listens on"),
    Setting("GOVERNMENT", "Pemerintah Kabupaten Kutai Kartanegara", "first line of the letterhead of papers"),
    Setting("PLACE", "Tenggarong", "where papers are dated: «Tenggarong, 26 Juli 2022»"),
    Setting("TIMEZONE", "Asia/Makassar", "zone in which people read times"),
    Setting("INSTANCE_PATH", "", "folder of run-time data; empty: instance/"),
    Setting("FETCH_ALLOW", "", "host:port,… that feeds may be fetched from although private"),
    Setting("DEMO", "0", "1: demo story in an empty database and /surat-keluar opens letters"),
    Setting("PASSWORD_LENGTH", "12", "letters that a password has at least; 8 or more"),
    Setting("PROXIES", "0", "number of reverse proxies in front whose X-Forwarded headers are trusted"),
)


class BadSetting(Exception):
    """A setting cannot be used; the message is an Indonesian sentence that says what to do."""


def load(overrides: dict | None = None) -> dict:
    """Flask config from the environment and `overrides` (same names, without the prefix). Raises BadSetting."""
    raw = {s.name: os.environ.get(PREFIX + s.name, s.default) for s in SETTINGS}
    raw |= {key: str(value) for key, value in (overrides or {}).items() if key in raw}
    instance = Path(raw["INSTANCE_PATH"] or ROOT / "instance").resolve()
    raw |= {"INSTANCE_PATH": str(instance), "PORT": _port(raw["PORT"])}
    raw["TRUSTED_HOSTS"] = _trusted(raw)
    raw["BASE_URL"] = (raw["BASE_URL"] or f"http://{_browsable(raw['HOST'])}:{raw['PORT']}").rstrip("/")
    raw["LINK_BASE_URL"] = (raw["LINK_BASE_URL"] or raw["BASE_URL"]).rstrip("/")
    raw["DATABASE_URL"] = _driver(raw["DATABASE_URL"] or f"sqlite:///{instance / 'tanggap.db'}")
    raw["MAIL_URL"] = raw["MAIL_URL"] or f"file:{instance / 'mail'}"
    raw["IMAP_URL"] = _mailbox(raw["IMAP_URL"])
    raw["SECRET_KEY"] = _secret(raw["SECRET_KEY"], instance)
    raw["DEMO"] = raw["DEMO"] == "1"
    raw["PROXIES"] = int(raw["PROXIES"])
    raw["PASSWORD_LENGTH"] = _password_length(raw["PASSWORD_LENGTH"])
    return raw | _flask(raw)


def _flask(raw: dict) -> dict:
    """What Flask and its extensions want to know, derived from our settings."""
    secure = raw["BASE_URL"].startswith("https://")
    return {
        "SQLALCHEMY_DATABASE_URI": raw["DATABASE_URL"],
        "SESSION_COOKIE_NAME": "__Host-tanggap" if secure else "tanggap",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_CHECK_DEFAULT": False,  # web.access checks it, after the session is known
        "MAX_CONTENT_LENGTH": 34 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 200,
        "BABEL_DEFAULT_LOCALE": "id",
        "BABEL_DEFAULT_TIMEZONE": raw["TIMEZONE"],
        "COMPRESS_ALGORITHM": ["zstd", "gzip"],
        "COMPRESS_ZSTD_LEVEL": 1,
        "COMPRESS_LEVEL": 4,
        "RATELIMIT_ENABLED": True,
    }


def hosts(config: dict) -> tuple[str, str]:
    """Host names of the intranet and of personal links."""
    return urlsplit(config["BASE_URL"]).netloc, urlsplit(config["LINK_BASE_URL"]).netloc


def _trusted(raw: dict) -> list[str] | None:
    """Once the office has named its address, other Host headers are refused (400); until then any will do."""
    if not raw["BASE_URL"]:
        return None
    named = (urlsplit(raw[key]).hostname for key in ("BASE_URL", "LINK_BASE_URL"))
    return [*(name for name in named if name), "localhost", "127.0.0.1"]


def _browsable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise BadSetting(f"TANGGAP_PORT harus angka 1–65535, bukan '{text}'.")
    return int(text)


def _password_length(text: str) -> int:
    if not text.isdigit() or not 8 <= int(text) <= 100:
        raise BadSetting(f"TANGGAP_PASSWORD_LENGTH harus angka 8–100, bukan '{text}'.")
    return int(text)


def _driver(url: str) -> str:
    """The same address with the driver we ship."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _mailbox(url: str) -> str:
    """The office's mailbox: its password crosses no network in the clear."""
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "imaps" or (parts.scheme == "imap" and parts.hostname in LOOPBACK)
        usable = secure and parts.hostname and parts.username and parts.password and parts.port != 0
    except ValueError:
        usable = False
    if url and not usable:
        raise BadSetting("TANGGAP_IMAP_URL tidak dikenal. Pakai imaps://user:sandi@server:993/INBOX, atau kosongkan.")
    return url


def _secret(given: str, instance: Path) -> str:
    if given:
        if len(given) < SHORTEST_SECRET:
            raise BadSetting("TANGGAP_SECRET_KEY terlalu pendek: pakai 32 huruf atau lebih, atau kosongkan.")
        return given
    path = instance / "secret_key"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_private(path, secrets.token_urlsafe(48))
        return path.read_text().strip()
    except OSError as error:
        raise BadSetting(
            f"Folder {instance} tidak bisa ditulis ({error.strerror}). "
            "Beri izin tulis, atau setel TANGGAP_INSTANCE_PATH."
        ) from error


def _write_private(path: Path, text: str) -> None:
    """Two first starts at once agree on one secret: the loser reads the winner's file."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
