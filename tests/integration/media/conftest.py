from collections.abc import Iterator

import pytest

from tests.integration.media.relay_client import looping


@pytest.fixture(params=["native", "python"])
def loop(request: pytest.FixtureRequest) -> Iterator[str]:
    """Either loop: the relay keeps its word by both."""
    with looping(request.param):
        yield request.param
