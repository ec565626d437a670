"""The way to a witness over HTTP: requests with limits on time and size. What it says is judged elsewhere."""

import asyncio
from typing import Any

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
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        return await self._asked("POST", f"{self.url}/add-checkpoint", data=body, headers=headers)

    async def latest(self, origin: str) -> str:
        """Return the latest note cosigned for a log. `televisit witness` shows it; other witnesses may not.

        Raises:
            WitnessUnreachable: there is no answer, it is too large, or it is no note.
        """
        status, _, body = await self._asked("GET", f"{self.url}/checkpoint", params={"origin": origin})
        if status != 200:
            raise WitnessUnreachable(self.url, f"status {status} instead of its latest checkpoint")
        return body.decode("utf-8", "replace")

    async def _asked(self, method: str, url: str, **request: Any) -> tuple[int, str, bytes]:
        headers = {"Accept-Encoding": "identity", **request.pop("headers", {})}
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                self._session.request(
                    method, url, headers=headers, allow_redirects=False, **request
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
