"""What pydantic calls a mistake, in our words: both edges parse with it and tell clients the same."""

from pydantic import ValidationError

from domain.errors import FieldFault

FIELDS_MAX = 50
"""A body can be wrong in thousands of places; nobody reads more than this."""
_PATH_MAX = 100

_KINDS = {
    "missing": FieldFault.MISSING,
    "extra_forbidden": FieldFault.UNKNOWN,
    "string_too_short": FieldFault.TOO_SHORT,
    "string_too_long": FieldFault.TOO_LONG,
    "too_short": FieldFault.TOO_SHORT,
    "too_long": FieldFault.TOO_LONG,
    "greater_than": FieldFault.TOO_SMALL,
    "greater_than_equal": FieldFault.TOO_SMALL,
    "less_than": FieldFault.TOO_LARGE,
    "less_than_equal": FieldFault.TOO_LARGE,
    "enum": FieldFault.NOT_A_CHOICE,
    "literal_error": FieldFault.NOT_A_CHOICE,
    "string_pattern_mismatch": FieldFault.BAD_FORMAT,
    "string_unicode": FieldFault.BAD_FORMAT,
    "timezone_aware": FieldFault.BAD_FORMAT,
}


def field_faults(error: ValidationError) -> dict[str, FieldFault]:
    """Return the kind of mistake by each wrong field's dotted path. Of what was sent only names are in it."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return {
        ".".join(str(step) for step in detail["loc"])[:_PATH_MAX]: kind_of(detail["type"])
        for detail in details[:FIELDS_MAX]
        if detail["loc"]
    }


def kind_of(error_type: str) -> FieldFault:
    """Return our word for a pydantic error's type; models' own validators use our words as types."""
    if error_type in _KINDS:
        return _KINDS[error_type]
    if error_type in set(FieldFault):
        return FieldFault(error_type)
    if error_type.endswith("_type"):
        return FieldFault.WRONG_TYPE
    if error_type.endswith(("_parsing", "_from_date_parsing", "_inexact")) or error_type.startswith("uuid_"):
        return FieldFault.BAD_FORMAT
    return FieldFault.INVALID
