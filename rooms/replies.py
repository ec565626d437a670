"""Answers that someone waits for. Whoever stopped waiting is passed over in silence."""

import asyncio
from typing import Any

Reply = asyncio.Future[Any]


def resolve(reply: Reply, answer: object) -> None:
    """Give the answer."""
    if not reply.done():
        reply.set_result(answer)


def reject(reply: Reply, error: Exception) -> None:
    """Say why there is no answer."""
    if not reply.done():
        reply.set_exception(error)


def settle(reply: Reply, outcome: object) -> None:
    """Give the answer, or say why there is none when the outcome is an exception."""
    if isinstance(outcome, Exception):
        reject(reply, outcome)
    else:
        resolve(reply, outcome)
