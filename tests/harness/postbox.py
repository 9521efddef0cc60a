"""A scripted IMAP server on loopback: as much of one as a mailbox that is looked into needs."""

import re
import socketserver
import threading

_PART = re.compile(r"BODY\.PEEK\[(HEADER)?\](?:<0\.(\d+)>)?")


class Postbox:
    """`box.put(bytes)` lays a letter in; `seen` are the numbers of those marked as read, `asked` what was asked.

    `refuse` holds commands that are answered with NO, `cut` those at which the line goes dead, `hang` those that
    are never answered; `hanging` is set once one hangs.
    """

    def __init__(self):
        self.letters: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.asked: list[str] = []
        self.refuse: set[str] = set()
        self.cut: set[str] = set()
        self.hang: set[str] = set()
        self.hanging, self._over = threading.Event(), threading.Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"imap://petugas:rahasia@127.0.0.1:{self._server.server_address[1]}/INBOX"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def put(self, letter: bytes) -> int:
        number = len(self.letters) + 1
        self.letters[number] = letter
        return number

    def stop(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(box):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self.wfile.write(b"* OK siap\r\n")
                for line in self.rfile:
                    tag, _, command = line.decode().strip().partition(" ")
                    if not self.answer(tag, command):
                        return

            def answer(self, tag, command):
                box.asked.append(command)
                words = command.split(" ")
                verb = words[1].upper() if words[0].upper() == "UID" else words[0].upper()
                if verb in box.hang:
                    box.hanging.set()
                    box._over.wait()
                if verb in box.cut or verb in box.hang:
                    return False
                if verb in box.refuse:
                    self.wfile.write(f"{tag} NO tidak\r\n".encode())
                    return True
                told = getattr(self, verb.lower(), lambda *_: b"")(*words)
                self.wfile.write(told + f"{tag} OK selesai\r\n".encode())
                return verb != "LOGOUT"

            def capability(self, *_):
                return b"* CAPABILITY IMAP4rev1\r\n"

            def logout(self, *_):
                return b"* BYE\r\n"

            def select(self, *_):
                return f"* {len(box.letters)} EXISTS\r\n".encode()

            def search(self, *_):
                unread = " ".join(str(n) for n in box.letters if n not in box.seen)
                return f"* SEARCH {unread}".strip().encode() + b"\r\n"

            def store(self, _uid, _store, number, *_):
                box.seen.add(int(number))
                return b""

            def fetch(self, _uid, _fetch, number, *what):
                letter = box.letters.get(int(number))
                if letter is None:
                    return b""
                if "SIZE" in what[0]:
                    return f"* {number} FETCH (UID {number} RFC822.SIZE {len(letter)})\r\n".encode()
                head, most = _PART.search(" ".join(what)).groups()
                sent = (letter.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if head else letter)[: int(most or 10**9)]
                return f"* {number} FETCH (UID {number} BODY[] {{{len(sent)}}}\r\n".encode() + sent + b")\r\n"

        return Handler
