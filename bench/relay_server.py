"""Our relay in a process of its own, told what to do by lines of JSON: for the relay benchmark.

In: {"do": "join", "room", "name", "sends"} -> {"name", "revision", "sdp"}; {"do": "answer", "name",
"revision", "sdp"}; {"do": "memory"} -> {"rss_kb"}; {"do": "stall", "ms"}; {"do": "leave", "name"}. Out at any
time: {"name", "revision", "sdp"}, a later offer.
"""

import asyncio
import json
import logging
import sys
import time

import structlog

from media.listening import Loop, PortSettings
from media.negotiation import Offer, Publication
from media.relay import open_relay
from media.relay_events import RelayLimits
from media.transport import EndReason


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class _Told:
    """Passes offers on."""

    def offered(self, participant: str, offer: Offer) -> None:
        _say(name=participant, revision=offer.revision, sdp=offer.sdp)

    def connected(self, participant: str) -> None:
        _say(connected=participant)

    def lost(self, participant: str) -> None:
        _say(lost=participant)

    def ended(self, participant: str, reason: EndReason) -> None:
        _say(ended=participant, reason=reason.value)


def rss_kb() -> int:
    """Return the resident memory of this process."""
    with open("/proc/self/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


async def main(host: str, loop: Loop) -> None:
    """Serve by this loop until the input ends; the first line tells which one it is."""
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
    commands = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(commands), sys.stdin
    )
    settings = PortSettings(host_v4=host, host_v6=None, loop=loop)
    limits = RelayLimits(rooms=1000, participants=8)
    async with open_relay(settings, _Told(), limits=limits) as relay:
        _say(port=relay.port.number, loop=relay.port.loop)
        while line := await commands.readline():
            command = json.loads(line)
            match command["do"]:
                case "join":
                    media = (Publication("audio", "microphone"), Publication("video", "camera"))
                    offer = relay.join(command["room"], command["name"], media if command["sends"] else ())
                    _say(name=command["name"], revision=offer.revision, sdp=offer.sdp)
                case "answer":
                    relay.answer(command["name"], command["revision"], command["sdp"])
                case "leave":
                    relay.leave(command["name"])
                case "memory":
                    _say(rss_kb=rss_kb())
                case "stall":
                    time.sleep(command["ms"] / 1000)  # noqa: ASYNC251  # A stall of the loop is what is asked for.


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], "python" if sys.argv[2:] == ["python"] else "native"))
