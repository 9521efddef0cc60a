"""Polling: nothing sleeps for luck."""

import time


def until(condition, seconds: float = 15, every: float = 0.1):
    """Wait until `condition()` is truthy and return what it returned; fail after `seconds`."""
    deadline, last = time.monotonic() + seconds, None
    while time.monotonic() < deadline:
        try:
            if last := condition():
                return last
        except (AssertionError, OSError) as error:
            last = error
        time.sleep(every)
    raise AssertionError(f"did not happen within {seconds} s (last seen: {last!r})")
