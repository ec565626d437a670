"""How log lines look: ours by structlog, the libraries' by logging, all in one shape on standard error.

What is logged is decided where it is logged: never personal data, message text or tokens. An exception could
bring them in by its message (PostgreSQL quotes the row it refuses) or by its frames' variables, so of an
exception its types and places are kept, and nothing else.
"""

import logging
import logging.config
import sys
import traceback
from typing import Any

import structlog

_QUIET = ("procrastinate", "asyncio", "aiosmtplib", "engineio", "socketio", "aiohttp")
"""Libraries that say at every step what they do: heard from when something is wrong, or at level debug."""


def set_up(log_format: str, level: str) -> None:
    """Set up all logging of this process. `log_format` is console or json, `level` a name in lower case."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if log_format == "json":
        renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        # Named, because the renderer's own choice prints every frame's variables.
        plain = structlog.dev.plain_traceback
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_places),
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _places(exc_info: Any) -> str:
    """Return where an exception passed, outermost first, and its type; what it came from before it."""
    return "\n".join(_lines(exc_info[1]))


def _lines(error: BaseException) -> list[str]:
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [] if earlier is None else _lines(earlier)
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    # SQLSTATE says what PostgreSQL minded, without quoting it.
    state = getattr(error, "pgcode", None)
    lines.append(type(error).__name__ if state is None else f"{type(error).__name__} {state}")
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            lines += _lines(inner)
    return lines
