"""Keeping a task's cancellation from being lost in aiopg. Nothing else."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cancellation_kept() -> Iterator[None]:
    """Raise CancelledError at the end of the block when the task was cancelled within and nobody noticed.

    aiopg waits with asyncio.wait_for, which on Python 3.11 drops a cancellation that arrives in the same
    turn of the loop as the answer. A task that loops would then run for ever, and its TaskGroup with it.
    """
    before = cancellations()
    try:
        yield
    except Exception:
        if cancellations() > before:
            raise asyncio.CancelledError from None
        raise
    if cancellations() > before:
        raise asyncio.CancelledError


def cancellations() -> int:
    """Return how many cancellations of the current task are under way."""
    task = asyncio.current_task()
    return 0 if task is None else task.cancelling()
