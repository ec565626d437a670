"""What each loop does by itself in a call over the port, and what it leaves to Python."""

from media.srtp import SSRC_MAX
from media.transport import ReceiveLimits
from tests.integration.media.relay_client import join, open_relay, rtp, udp_client
from tests.integration.media.talkers import calling
from tests.waiting import until


async def test_the_native_loop_forwards_by_itself_and_plain_python_does_the_same(loop: str) -> None:
    async with calling("ann", "ben", "cat") as call:
        people = call.talkers.values()
        for talker in people:
            talker.talk()

        async def heard(count: int) -> bool:
            return all(
                listener.heard[f"{talker.name} {what}"] >= count
                for listener in people
                for talker in people
                for what in ("voice", "picture")
                if listener is not talker
            )

        await until(lambda: heard(1))
        assert call.relay.port.loop == loop
        before = call.relay.port.counters.fast
        for count in range(2, 22):
            for talker in people:
                talker.talk()
            await until(lambda count=count: heard(count))  # type: ignore[misc]
        fast = call.relay.port.counters.fast - before
        # Three who say twenty times two packets each; a picture that somebody waits for is Python's to judge.
        assert fast == 0 if loop == "python" else 100 <= fast <= 120
        assert (call.relay.faults, call.relay.port.counters.faults) == (0, 0)


async def test_one_sender_has_so_many_sources_and_no_more(loop: str) -> None:
    limits = ReceiveLimits(packets_per_s=1e6, bits_per_s=1e12)
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port, limits)
        await client.connect(transport, heard)
        for ssrc in range(1, SSRC_MAX + 21):
            client.send_rtp(rtp(1, ssrc=ssrc))
            if not ssrc % 50:
                await client.check(transport.credentials)
        await client.check(transport.credentials)
        assert port.loop == loop
        assert transport.srtp_counters.too_many_ssrc == 20
        assert heard.rtp.qsize() == SSRC_MAX
