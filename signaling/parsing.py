"""From what a client sent to a checked body, or to the error that the client is told."""

from pydantic import ValidationError
from pydantic_core import to_json

from actions.field_faults import field_faults
from domain.errors import Code, InvalidInput, TooLarge, UserFault
from media.candidate import parse_candidate
from media.sdp import check_description
from signaling.packets import BINARY, MALFORMED, NOT_JSON
from signaling.protocol import CLIENT_EVENTS, EVENT_BYTES_MAX, SignalCandidate, SignalDescription, Wire


def parse(event: str, args: tuple[object, ...]) -> Wire:
    """Return the body of an event, of the type that CLIENT_EVENTS names.

    Raise InvalidInput for a body that is not one JSON object of that type, TooLarge beyond EVENT_BYTES_MAX,
    and for a name that is none of ours a UserFault with event.unknown.
    """
    if event == NOT_JSON:
        raise InvalidInput("The request is not JSON.", code=Code.INPUT_NOT_JSON)
    if event == BINARY:
        raise InvalidInput("Binary data is not understood here.")
    if event == MALFORMED or event not in CLIENT_EVENTS:
        raise UserFault(Code.EVENT_UNKNOWN, "There is no such event.")
    if len(args) != 1 or not isinstance(args[0], dict):
        raise InvalidInput("The request is not one JSON object.")
    model, _ = CLIENT_EVENTS[event]
    # Back to JSON, because strictness means something else there: a UUID is a string, a string is no number.
    raw = to_json(args[0])
    if len(raw) > EVENT_BYTES_MAX:
        raise TooLarge("request", EVENT_BYTES_MAX)
    try:
        body = model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise InvalidInput("The request is not valid.", field_faults(error)) from None
    if isinstance(body, SignalDescription):
        check_description(body.description.type, body.description.sdp)
    elif isinstance(body, SignalCandidate):
        parse_candidate(body.candidate.candidate)
    return body
