"""Who is told, in this process, that sessions have ended. Other processes find out when they look."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.ids import AccountId, SessionId


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """Sessions that do not hold any more: one of the account's, or all of them when none is named."""

    account_id: AccountId
    session_id: SessionId | None = None


Subscriber = Callable[[SessionsEnded], None]
"""Must not wait and must not raise: what it is told is committed already."""


class SessionEndings:
    """Passes on what the actions have ended, after it is durable."""

    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Tell this one from now on."""
        self._subscribers.append(subscriber)

    def publish(self, ended: SessionsEnded) -> None:
        """Tell everyone who subscribed."""
        for subscriber in self._subscribers:
            subscriber(ended)
