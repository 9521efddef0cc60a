"""The office's mailbox over IMAP: unread letters are looked at without a trace, and marked as read by us alone."""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

TIMEOUT = 20
MOST_HEAD = 64 * 1024
BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError)
REASONS = (
    (MailboxLoginError, "kata sandinya ditolak"),
    (MailboxFolderSelectError, "foldernya tidak ada"),
    (TimeoutError, "terlalu lama ditunggu"),
    (ConnectionRefusedError, "sambungan ditolak"),
    (socket.gaierror, "nama server tidak ditemukan"),
    (ssl.SSLError, "sertifikatnya tidak dipercaya"),
)
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


class MailboxDown(Exception):
    """The mailbox cannot be read now; the message is an Indonesian sentence."""


class Mailroom:
    """An open mailbox. Every question may raise MailboxDown."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box

    def unread(self) -> list[str]:
        """The numbers of the letters that nobody has read, the oldest first."""
        with _explained():
            return self._box.uids("UNSEEN", charset=None)

    def size(self, uid: str) -> int | None:
        """How many bytes a letter has; None for one that is gone."""
        answer = self._ask("FETCH", uid, "(RFC822.SIZE)")
        found = next(filter(None, (_SIZE.search(part) for part in answer if isinstance(part, bytes))), None)
        return int(found[1]) if found else None

    def letter(self, uid: str, most: int) -> bytes:
        """The letter as it came, at most so many bytes of it."""
        return self._bytes(uid, f"(BODY.PEEK[]<0.{most}>)")

    def head(self, uid: str) -> bytes:
        """The headers alone."""
        return self._bytes(uid, f"(BODY.PEEK[HEADER]<0.{MOST_HEAD}>)")

    def mark_read(self, uid: str) -> None:
        """It need not be looked at again."""
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")

    def _bytes(self, uid: str, what: str) -> bytes:
        answer = self._ask("FETCH", uid, what)
        return next((part[1] for part in answer if isinstance(part, tuple)), b"")

    def _ask(self, *command: str) -> list[Any]:
        with _explained():
            status, answer = self._box.client.uid(*command)
        if status != "OK":
            raise MailboxDown("Kotak surat menolak permintaan kita.")
        return answer


@contextlib.contextmanager
def opened(url: str) -> Iterator[Mailroom]:
    """The mailbox that TANGGAP_IMAP_URL names. Raises MailboxDown."""
    with _explained():
        box = _signed_in(url)
    try:
        yield Mailroom(box)
    finally:
        with contextlib.suppress(*BROKEN):
            box.logout()


def _signed_in(url: str) -> BaseMailBox:
    parts = urlsplit(url)
    host, folder = parts.hostname or "", unquote(parts.path.strip("/")) or "INBOX"
    if parts.scheme == "imaps":
        trust = ssl.create_default_context()
        box: BaseMailBox = MailBox(host, parts.port or 993, timeout=TIMEOUT, ssl_context=trust)
    else:
        box = MailBoxUnencrypted(host, parts.port or 143, timeout=TIMEOUT)
    try:
        return box.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder)
    except BaseException:
        with contextlib.suppress(*BROKEN):
            box.client.shutdown()
        raise


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Whatever goes wrong with the server, in words."""
    try:
        yield
    except BROKEN as error:
        told = (words for kind, words in REASONS if isinstance(error, kind))
        raise MailboxDown(f"Kotak surat tidak bisa dibaca: {next(told, 'sambungan terputus')}.") from error
