"""Doing something about many things that are due, so that none at which it fails keeps it from the others."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog

from domain.errors import PartnerDown

T = TypeVar("T")

_log = structlog.get_logger(__name__)


async def each_alone(
    found: Iterable[T], act: Callable[[T], Awaitable[bool]], what: str, name: Callable[[T], object]
) -> int:
    """Have `act` do each, in a transaction of its own; return how often it says that it did something.

    One at which it fails is logged as `what` with its `name`, an id, and comes again the next time. Raise
    PartnerDown when the database does not answer.
    """
    done, failed = 0, 0
    for one in found:
        try:
            done += await act(one)
        except PartnerDown:
            raise
        except Exception as error:
            failed += 1
            _log.error(what, id=str(name(one)), error=type(error).__name__)
    if failed:
        _log.error(what, done=done, failed=failed)
    return done
