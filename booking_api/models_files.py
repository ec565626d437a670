"""Bodies of files in a visit, and what stands in their addresses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from booking_api.models import Model


class FileQuery(Model):
    """What belongs to a file that is added; its bytes are the request's body."""

    message_id: Annotated[UUID, Field(description="The page's own: a resend with the same one adds nothing.")]
    name: Annotated[str, StringConstraints(max_length=500)] = ""


class FileKept(Model):
    """POST /api/consultations/{id}/files: the file's entry, durable like its bytes."""

    seq: int
    recorded_at: datetime
    digest: Annotated[str, Field(description="SHA-256 of the bytes, in hexadecimal.")]
    name: str
    size: int
    type: str
