"""Where a page of rows in the order (moment, id) or (name, id) ends, as a text that clients hand back."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.errors import FieldFault, InvalidInput

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def write_cursor(moment: datetime, row_id: UUID) -> str:
    """Return the text for the last row of a page."""
    micros = (moment - _EPOCH) // _MICROSECOND
    return base64.urlsafe_b64encode(micros.to_bytes(8, "big", signed=True) + row_id.bytes).decode()


def read_cursor(text: str) -> tuple[datetime, UUID]:
    """Return the last row of the page before; raise InvalidInput when the text is no cursor."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        moment = _EPOCH + int.from_bytes(raw[:8], "big", signed=True) * _MICROSECOND
        return moment, UUID(bytes=raw[8:])
    except (ValueError, OverflowError, binascii.Error):
        raise InvalidInput("This page does not exist.", {"cursor": FieldFault.BAD_FORMAT}) from None


def write_name_cursor(name: str, row_id: UUID) -> str:
    """Return the text for the last row of a page in order of names."""
    return base64.urlsafe_b64encode(row_id.bytes + name.encode()).decode()


def read_name_cursor(text: str) -> tuple[str, UUID]:
    """Return the last row of the page before; raise InvalidInput when the text is no cursor."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        name = raw[16:].decode()
        if "\0" in name:
            raise ValueError("no name has a zero byte")
        return name, UUID(bytes=raw[:16])
    except (ValueError, binascii.Error):
        raise InvalidInput("This page does not exist.", {"cursor": FieldFault.BAD_FORMAT}) from None
