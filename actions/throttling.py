"""How often something may be tried: counted before it costs anything, without anybody's name or address."""

from hashlib import sha256

from domain.client_address import one_client
from domain.errors import Code, Throttled
from providers.throttle import Throttle


async def count(
    throttle: Throttle, key: str, limit: int, window_s: int, code: Code = Code.RATE_LIMITED
) -> None:
    """Count a try; raise Throttled with this code when there were too many, PartnerDown when uncounted."""
    wait_s = await throttle.hit(key, limit=limit, window_s=window_s)
    if wait_s:
        raise Throttled(wait_s, code)


def client_key(address: str) -> str:
    """Return what stands in a key for whoever has this address, which is not kept."""
    return key_of(one_client(address))


def key_of(text: str) -> str:
    """Return what stands in a key for a text that somebody typed, which is not kept."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
