"""Verifies Latchkey's tokens. Debian: python3-jwt, python3-cryptography; elsewhere: pip install 'pyjwt[crypto]'."""
import json
import threading
import time
import urllib.request

import jwt


class Verifier:
    """One for the whole process: it keeps the keys."""

    def __init__(self, issuer, audience):
        self.issuer = issuer
        self.audience = audience
        self.keys = {}
        self.fetched = -float("inf")
        self.lock = threading.Lock()

    def verify(self, token):
        """Returns the claims. Raises jwt.InvalidTokenError (401), or OSError when there are no keys to be had (503)."""
        header = jwt.get_unverified_header(token)
        if header.get("typ") != "at+jwt":
            raise jwt.InvalidTokenError("not an access token")
        return jwt.decode(
            token,
            self.key(header.get("kid")),
            algorithms=["ES256"],
            issuer=self.issuer,
            audience=self.audience,
            leeway=5,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )

    def key(self, kid):
        """Keeps the keys for ten minutes. A kid that is not there has them fetched anew, at most every half minute."""
        with self.lock:
            age = time.monotonic() - self.fetched
            if age > 600 or (kid not in self.keys and age > 30):
                with urllib.request.urlopen(f"{self.issuer}/.well-known/jwks.json", timeout=5) as answer:
                    published = json.load(answer)["keys"]
                self.keys = {key["kid"]: jwt.PyJWK(key).key for key in published}
                self.fetched = time.monotonic()
        if kid not in self.keys:
            raise jwt.InvalidTokenError("signed by a key that is not published")
        return self.keys[kid]
