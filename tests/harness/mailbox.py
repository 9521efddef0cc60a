"""A scripted SMTP server on loopback."""

import email
import email.policy
import time

from aiosmtpd.controller import Controller


class AnyPort(Controller):
    """Listens on a port the system chooses; aiosmtpd's own first knock would go to port 0."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Mailbox:
    """Keeps what it accepts in `letters`. `script` holds the next answers: "451 …" or a pause in seconds."""

    def __init__(self):
        self.letters: list = []
        self.script: list[str | float] = []
        self.tried = 0
        self._server = AnyPort(self, hostname="127.0.0.1", port=0, ready_timeout=10)
        self._server.start()
        self.port = self._server.port
        self.url = f"smtp://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self._server.stop(no_assert=True)

    def to(self, address: str) -> list:
        """The letters that reached `address`, oldest first."""
        return [letter for letter in self.letters if address in letter["X-Rcpt-To"].split(", ")]

    async def handle_DATA(self, _server, _session, envelope):
        self.tried += 1
        answer = self.script.pop(0) if self.script else "250 OK"
        if not isinstance(answer, str):
            time.sleep(answer)
            answer = "250 OK"
        if answer.startswith("250"):
            letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
            letter["X-Rcpt-To"] = ", ".join(envelope.rcpt_tos)
            self.letters.append(letter)
        return answer
