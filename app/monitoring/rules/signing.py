"""Standard Webhooks: who sent a delivery, and that nobody changed it on the way (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)
MOST_SIGNATURES = 16
_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_NAME = re.compile(r"[\x21-\x7e]{1,200}")


def secret_from(key: bytes) -> str:
    """A key as it is handed to the sender: `whsec_` and Base64."""
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, webhook_id: str, timestamp: str, body: bytes) -> str:
    """What the header `webhook-signature` says of a delivery under this secret."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    told = hmac.digest(key, f"{webhook_id}.{timestamp}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(told).decode()


def is_name(webhook_id: str) -> bool:
    """Whether it can be remembered: 1–200 printable signs without spaces."""
    return _NAME.fullmatch(webhook_id) is not None


def is_timely(timestamp: str, now: datetime) -> bool:
    """Whether it was signed within five minutes, before or after, of our clock."""
    return bool(_STAMP.fullmatch(timestamp)) and abs(now.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()


def fits(given: str, secrets: Sequence[str], webhook_id: str, timestamp: str, body: bytes) -> bool:
    """Whether any of the signatures in the header is of any of the secrets. Takes the same time for all wrong ones."""
    claimed = [each.encode() for each in given.split()[:MOST_SIGNATURES]]
    wanted = [signature(secret, webhook_id, timestamp, body).encode() for secret in secrets]
    matches = [hmac.compare_digest(one, other) for one in claimed for other in wanted]
    return any(matches)
