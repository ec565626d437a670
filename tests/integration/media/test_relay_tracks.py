"""What the relay keeps of a track while it is sent, and after its end."""

import pytest

from media.relay_line import Watched
from media.srtp import SrtpContext
from tests.integration.media.talkers import calling
from tests.integration.media.test_relay_fuzz import heard_all
from tests.waiting import until


async def test_of_a_track_that_ended_no_keys_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[int] = []
    forget = SrtpContext.forget

    def spy(context: SrtpContext, ssrc: int) -> None:
        forgotten.append(ssrc)
        forget(context, ssrc)

    monkeypatch.setattr(SrtpContext, "forget", spy)
    async with calling("ann", "ben") as call:
        ann, ben = call.talkers.values()
        ann.talk()
        ben.talk()
        await until(lambda: heard_all(ann, ben))
        uses = [line.use for line in call.relay._members["ben"].negotiation.lines]
        (camera,) = [one for one in uses if isinstance(one, Watched) and one.track == "ann.camera"]
        call.relay.unpublish("ann", "camera")
        assert set(forgotten) == {camera.ssrc, camera.rtx_ssrc} - {0}
