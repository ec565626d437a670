"""Where a connection may come from: our own pages. Browsers say so in Origin, and pages cannot forge it."""

from urllib.parse import urlsplit


def same_origin(origin: str | None, host: str | None, public_url: str | None) -> bool:
    """Say whether a request with these Origin and Host headers comes from a page of ours (RFC 6454).

    Without an Origin it does not come from another site's script: browsers send one with every WebSocket
    and with every request across origins. Programs that are no browsers have no foreign pages in them.
    """
    if origin is None:
        return True
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    if public_url is not None and origin.lower() == public_url.rstrip("/").lower():
        return True
    return host is not None and parts.netloc.lower() == host.lower()
