"""A scripted web server on loopback that plays newspapers, and whatever else the outside world may do."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What a path answers; `body` may be a callable that gets the handler and returns bytes (or writes itself)."""

    body: object = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Pressroom:
    """`press["/feed.xml"] = Page(b"<rss…")`; `press.asked` lists (method, path, headers) in order."""

    def __init__(self):
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str, dict]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def __setitem__(self, path: str, page: Page) -> None:
        self.pages[path] = page

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(room):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                room.asked.append((self.command, self.path, dict(self.headers)))
                page = room.pages.get(self.path, Page(b"not here", 404))
                body = page.body(self) if callable(page.body) else page.body
                if body is None:
                    return
                self.send_response(page.status)
                for name, value in ({"Content-Length": str(len(body))} | page.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_POST = do_HEAD = do_GET

            def log_message(self, *_):
                """Tests read `asked`, not a log."""

        return Handler
