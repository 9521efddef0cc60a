"""Who has the same thing open: kept in the queue server for a minute, and simply not told while that is away."""

import time

from redis.exceptions import RedisError

from app.config import BadSetting
from app.core import queue

LASTS = 45
"""Seconds after which somebody who asks no more is gone; pages ask every ten."""
MOST = 5


def see(subject: str, group: str, who: str) -> list[str]:
    """Note that `who` looks at `subject`; the names of others of the same `group` who do, at most five.

    `group` bounds who may learn of whom: an office. Never raises, and never waits for a dead server twice.
    """
    key, now = f"here:{subject}:{group}", time.time()
    try:
        line = queue.connection().pipeline(transaction=False)
        line.zadd(key, {who: now})
        line.zremrangebyscore(key, 0, now - LASTS)
        line.expire(key, LASTS * 2)
        line.zrange(key, 0, MOST)
        names = line.execute()[-1]
    except (RedisError, OSError, BadSetting):
        return []
    return [name for raw in names if (name := raw.decode()) != who][:MOST]
