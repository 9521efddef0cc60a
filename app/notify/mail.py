"""The way out: one message, and the transports that take it (SMTP, a folder, the terminal).

A transport is told what to send and to whom; it raises `Unavailable` when later may go better and `Refused`
when no further try can help, each with a sentence for the page of outgoing letters.
"""

import os
import re
import secrets
import smtplib
import socket
import ssl
import sys
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

from app.config import BadSetting
from app.core import clock
from app.core.words import one_line

TIMEOUT = 20
LINK = re.compile(r"https?://\S+")
REASONS = (
    (TimeoutError, "terlalu lama ditunggu"),
    (ConnectionRefusedError, "sambungan ditolak"),
    (socket.gaierror, "nama server tidak ditemukan"),
    (ssl.SSLError, "sertifikatnya tidak dipercaya"),
)
BAD_MAIL_URL = (
    "TANGGAP_MAIL_URL tidak dikenal. Pakai smtp://user:sandi@server:port?starttls=1, file:<folder>, atau console:."
)


class Unavailable(Exception):
    """Not now: the server is away, slow, full or not set up yet."""


class Refused(Exception):
    """Never: the receiving server does not take this letter for this address."""


class WholeSubjects(EmailPolicy):
    """Subjects arrive as they were written. Python 3.11 by itself loses spaces between the encoded pieces of a long
    one, and puts a plain one of about a line below its name, where some mail programs see an empty subject."""

    LONGEST_LINE = 90

    def fold(self, name: str, value: str) -> str:
        line = f"{name}: {value}"
        if not line.isascii() and name == "Subject":
            return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}"
        if line.isascii() and len(line) <= self.LONGEST_LINE:
            return line + self.linesep
        return super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


def new_message_id() -> str:
    """A Message-ID under our own domain that tells nothing."""
    domain = parseaddr(current_app.config["MAIL_FROM"])[1].rpartition("@")[2] or "localhost"
    return f"<surat.{secrets.token_hex(12)}@{domain}>"


def message(
    *, to: tuple[str, str], subject: str, text: str, html: str, message_id: str, answers: str = ""
) -> EmailMessage:
    """A letter to `to` (name, address), ready for any transport. Raises Refused for an impossible address."""
    sender = parseaddr(current_app.config["MAIL_FROM"])
    letter = EmailMessage(policy=WholeSubjects())
    letter["From"] = letter["Reply-To"] = _address(*sender)
    letter["To"] = _address(*to)
    letter["Subject"] = one_line(subject)
    letter["Date"] = format_datetime(clock.local(clock.now()))
    letter["Message-ID"] = message_id
    if answers:
        letter["In-Reply-To"] = letter["References"] = answers
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["Content-Language"] = "id"
    letter.set_content(text, cte="quoted-printable")
    letter.add_alternative(html, subtype="html", cte="quoted-printable")
    return letter


def _address(name: str, address: str) -> Address:
    try:
        return Address(one_line(name), addr_spec=one_line(address))
    except (ValueError, IndexError, LookupError) as error:
        raise Refused(f"Alamat email {address[:100]} tidak sah. Perbaiki di Pengaturan, lalu coba lagi.") from error


class PrintedMail:
    """`console:` for development: read it in the terminal."""

    def send(self, letter: EmailMessage, name: str) -> str:
        print(letter.as_string(), file=sys.stderr, flush=True)
        return ""


@dataclass(frozen=True)
class FiledMail:
    """`file:<folder>`: one .eml a letter, also when it is sent again. The folder is for its owner's eyes."""

    folder: Path

    def send(self, letter: EmailMessage, name: str) -> str:
        """Write the letter and return the name of its file."""
        kept = self.folder / f"{name}.eml"
        draft = kept.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.touch(mode=0o600)
            draft.write_bytes(letter.as_bytes())
            os.replace(draft, kept)
        except OSError as error:
            raise Unavailable(f"Folder surat {self.folder} tidak bisa ditulis: {error.strerror}.") from error
        return kept.name


@dataclass(frozen=True)
class SmtpMail:
    """`smtp://` (with `?starttls=1`) or `smtps://`: the office's mail server."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    def send(self, letter: EmailMessage, name: str) -> str:
        try:
            server = self._open()
            try:
                server.send_message(letter)
            finally:
                _leave(server)
        except (smtplib.SMTPException, OSError) as error:
            raise _explained(error, self.host) from error
        return ""

    def _open(self) -> smtplib.SMTP:
        secure = ssl.create_default_context() if self.tls or self.starttls else None
        if self.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=secure)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            if self.starttls:
                server.starttls(context=secure)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; once the letter is accepted, a rude answer changes nothing."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _explained(error: Exception, host: str) -> Unavailable | Refused:
    """What went wrong in words, and whether another try can help: a refused receiver or letter cannot."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        said = f"Server penerima menolak alamat ini ({_said(code, words)})."
        return Refused(f"{said} Periksa alamatnya, lalu coba lagi.") if code >= 500 else Unavailable(said)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Unavailable(f"Server surat menolak kata sandi kita ({error.smtp_code}). Periksa TANGGAP_MAIL_URL.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Unavailable("Server surat tidak mendukung STARTTLS, kata sandi, atau huruf di alamat ini.")
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error, host)
    return Unavailable(f"Server surat {host} tidak menjawab: {_in_words(error)}.")


def _in_words(error: Exception) -> str:
    reasons = (words for kind, words in REASONS if isinstance(error, kind))
    return next(reasons, "sambungan terputus")


def _answered(error: smtplib.SMTPResponseException, host: str) -> Unavailable | Refused:
    said = f"Server surat {host} menolak surat ini ({_said(error.smtp_code, error.smtp_error)})."
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return Refused(f"{said} Tanyakan ke pengelola email, lalu coba lagi.")
    return Unavailable(said)


def _said(code: int, words: bytes | str) -> str:
    """The server's answer as one harmless line: no addresses that could be links."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {one_line(LINK.sub('', text))[:120]}".strip()


def transport(url: str) -> PrintedMail | FiledMail | SmtpMail:
    """The transport that TANGGAP_MAIL_URL names. Raises BadSetting."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return PrintedMail()
    if parts.scheme == "file" and parts.path:
        return FiledMail(Path(parts.path))
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadSetting(BAD_MAIL_URL)
    return _smtp(parts)


def _smtp(parts) -> SmtpMail:
    tls = parts.scheme == "smtps"
    try:
        port = parts.port or (465 if tls else 25)
    except ValueError as error:
        raise BadSetting(BAD_MAIL_URL) from error
    return SmtpMail(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parse_qs(parts.query).get("starttls") == ["1"],
        tls=tls,
    )
