"""Verifies tokens as docs/frontends.md has it (Debian: python3-jwt, python3-cryptography).

verify.py METADATA_URL AUDIENCE, a token a line on standard input; a line of JSON each, the claims or the reason.
"""
import json
import sys
import urllib.request

import jwt

metadata = json.load(urllib.request.urlopen(sys.argv[1]))
keys = jwt.PyJWKClient(metadata["jwks_uri"])


def verify(token):
    if jwt.get_unverified_header(token).get("typ") != "at+jwt":
        raise PermissionError("another typ")
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["ES256"],
        issuer=metadata["issuer"],
        audience=sys.argv[2],
        options={"require": ["exp", "iss", "aud", "sub"]},
    )


for line in sys.stdin:
    try:
        print(json.dumps({"claims": verify(line.strip())}))
    except Exception as refused:
        print(json.dumps({"refused": f"{type(refused).__name__}: {refused}"}))
