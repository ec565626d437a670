"""From the domain's objects to the API's models."""

from typing import TypeVar

from booking_api.models import Model

M = TypeVar("M", bound=Model)


def view(model: type[M], thing: object) -> M:
    """Return the model filled from the object's attributes of the same names, and nothing else of it.

    Raise pydantic's ValidationError when the object does not fit: our own fault.
    """
    return model.model_validate(thing, from_attributes=True)
