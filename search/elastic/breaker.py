"""A circuit breaker: what has just failed several times is left alone for a while."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after `most` failures in a row; after `pause` seconds one attempt is let through at a time.

    >>> now = [0.0]
    >>> breaker = Breaker(most=2, pause=10, clock=lambda: now[0])
    >>> breaker.failed(), breaker.lets_through(), breaker.failed(), breaker.lets_through()
    (False, True, True, False)
    >>> now[0] = 10.0
    >>> breaker.lets_through(), breaker.lets_through()
    (True, False)
    >>> breaker.succeeded(), breaker.lets_through()
    (True, True)
    """

    def __init__(
        self, most: int = 3, pause: float = 10, clock: Callable[[], float] = time.monotonic
    ):
        self.most, self.pause, self.clock = most, pause, clock
        self.lock = threading.Lock()
        self.failures = 0
        self.until = 0.0

    def lets_through(self) -> bool:
        """Whether an attempt may be made; the first after a pause makes all others wait for its end."""
        with self.lock:
            if self.failures < self.most:
                return True
            if self.clock() < self.until:
                return False
            self.until = self.clock() + self.pause
            return True

    def failed(self) -> bool:
        """Counts a failure; true if it is the one that opens the breaker."""
        with self.lock:
            self.failures += 1
            self.until = self.clock() + self.pause
            return self.failures == self.most

    def succeeded(self) -> bool:
        """Closes the breaker; true if it was open."""
        with self.lock:
            was_open = self.failures >= self.most
            self.failures = 0
            return was_open
