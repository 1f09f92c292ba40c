"""An API that knows who is signed in by a token alone, and a page that calls it."""
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import jwt

from latchkey import Verifier

LATCHKEY = os.environ["LATCHKEY_URL"]
VERIFIER = Verifier(issuer=LATCHKEY, audience=os.environ["AUDIENCE"])
PAGE = Path(__file__).with_name("index.html").read_text().replace("{{latchkey}}", LATCHKEY)


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/hello":
            self.hello()
        elif urlsplit(self.path).path == "/":
            self.answer(200, "text/html; charset=utf-8", PAGE)
        else:
            self.say(404, {"error": "There is no such thing."})

    def hello(self):
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise jwt.InvalidTokenError("no token")
            claims = VERIFIER.verify(token)
        except jwt.InvalidTokenError as refused:
            return self.say(401, {"error": f"Refused: {refused}."}, {"WWW-Authenticate": "Bearer"})
        except OSError as unavailable:
            self.log_error("no keys: %s", unavailable)
            return self.say(503, {"error": "Try again."}, {"Retry-After": "5"})
        # Key what you keep by sub: a name is no key.
        self.say(200, {"hello": claims["name"], "id": claims["sub"]})

    def say(self, status, body, headers={}):
        self.answer(status, "application/json", json.dumps(body), headers)

    def answer(self, status, content_type, text, headers={}):
        body = text.encode()
        self.send_response(status)
        headers = {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_):
        """Says nothing of requests that went well, or not."""


ADDRESS = urlsplit(os.environ["ORIGIN"])
try:
    ThreadingHTTPServer(("127.0.0.1", ADDRESS.port), Api).serve_forever()
except KeyboardInterrupt:
    pass
