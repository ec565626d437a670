"""What every body of the wire protocol is made of."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

SDP_MAX = 64 * 1024


class Wire(BaseModel):
    """Base of every body: unknown fields are refused, nothing is coerced silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ToRoom(Wire):
    """Every event of a room names its consultation."""

    consultation_id: UUID
