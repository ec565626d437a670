from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.unit.media.native_call import NativeCall


@pytest.fixture(params=["python", "native"])
def loop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Either loop: what the test takes for a `Call` is one by it. One call at a time."""
    with ExitStack() as stack:

        def native_call(*arguments: Any, **named: Any) -> NativeCall:
            stack.close()
            return NativeCall(stack, *arguments, **named)

        if request.param == "native":
            monkeypatch.setattr(request.module, "Call", native_call)
        yield request.param
