"""The way to a witness over HTTP: one POST with limits on time and size. What it says is judged elsewhere."""

import asyncio

import aiohttp

from domain.errors import PartnerDown

LARGEST_ANSWER = 65_536
"""Bytes. A cosignature line has about 200."""
_TIMEOUT_S = 10.0


class WitnessUnreachable(PartnerDown):
    """No answer: refused, timed out, cut off, sent elsewhere, or too large to be one."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, f"The witness at {url} does not answer: {why}.")


class HttpWitness:
    """A witness' submission prefix. The session is the caller's, who closes it; connections are kept alive.

    Args:
        url: http or https, as the witness' operator gives it, without `/add-checkpoint`.
        session: shared with other witnesses.
        timeout_s: for one request from its beginning to its end.
    """

    def __init__(self, url: str, session: aiohttp.ClientSession, timeout_s: float = _TIMEOUT_S) -> None:
        self.url = url.rstrip("/")
        self._session = session
        self._timeout_s = timeout_s

    async def post(self, body: bytes) -> tuple[int, str, bytes]:
        """Send a request to add-checkpoint; return the answer's status, content type and body.

        Redirects are not followed: they come back as what they are, a status that no witness has.

        Raises:
            WitnessUnreachable: there is no answer, or it is larger than `LARGEST_ANSWER`.
        """
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                self._session.post(
                    f"{self.url}/add-checkpoint",
                    data=body,
                    headers={"Content-Type": "text/plain; charset=utf-8", "Accept-Encoding": "identity"},
                    allow_redirects=False,
                ) as answer,
            ):
                read = bytearray()
                async for part in answer.content.iter_chunked(8192):
                    read += part
                    if len(read) > LARGEST_ANSWER:
                        raise WitnessUnreachable(self.url, f"an answer of more than {LARGEST_ANSWER} bytes")
                return answer.status, answer.headers.get("Content-Type", ""), bytes(read)
        except TimeoutError:
            raise WitnessUnreachable(self.url, f"nothing within {self._timeout_s:g} s") from None
        except (aiohttp.ClientError, OSError) as error:
            raise WitnessUnreachable(self.url, type(error).__name__) from None
