"""Where the relay listens by its settings, what Prometheus reads of it, and nothing else."""

import asyncio
import re
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from domain.call_quality import Quality
from media.native.library import Library, NoNativeLoop
from media.relay import open_relay
from rooms.switchboard import PUBLICATIONS, Switchboard
from server.config import read
from server.media_settings import RelaySettings
from server.metrics import open_metrics, relay_text
from server.refusal import Refusal
from server.relay import open_switchboard, port_settings
from tests.integration.media.relay_client import V4
from tests.integration.media.talkers import calling
from tests.servers import free_port
from tests.unit.media.test_relay_sdp import fixture
from tests.waiting import until

DOCUMENT = Path(__file__).parents[3] / "docs" / "metrics.md"
SOURCE = Path(__file__).parents[3] / "server" / "metrics.py"
_OUT = 'televisit_relay_bits_per_second{direction="out"}'
_MEASURED = tuple(
    f'televisit_relay_{name}{{le="+Inf"}}' for name in ("round_trip_seconds", "loss_ratio", "jitter_seconds")
)
SAMPLE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.e+-]+')


def samples(text: str) -> dict[str, float]:
    """Return every line of figures: its name with labels, and its value."""
    lines = [line.rpartition(" ") for line in text.splitlines() if line[0] != "#"]
    return {name: float(value) for name, _, value in lines}


async def test_prometheus_reads_what_there_is_and_no_names() -> None:
    async with open_relay(V4, Switchboard()) as relay:
        offer = relay.join("a-room", "a-seat", PUBLICATIONS)
        relay.answer("a-seat", offer.revision, fixture("chromium_layers"))
        text = relay_text(relay)
    assert "televisit_relay_up 1\n" in text
    assert 'televisit_relay_loop{loop="native"} 1\n' in text
    assert 'televisit_relay_loop{loop="python"} 0\n' in text
    assert "televisit_relay_native_packets_total 0\n" in text
    assert "televisit_relay_rooms 1\n" in text
    assert 'televisit_relay_participants{state="new"} 1\n' in text
    assert 'televisit_relay_quality{quality="excellent"} 0\n' in text
    assert 'televisit_relay_jitter_seconds{le="+Inf"} 0\n' in text
    assert 'televisit_relay_dropped_total{cause="unrouted"} 0\n' in text
    assert "a-seat" not in text and "a-room" not in text
    for line in text.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or SAMPLE.fullmatch(line), line


async def test_prometheus_reads_which_loop_runs() -> None:
    async with open_relay(replace(V4, loop="python"), Switchboard()) as relay:
        text = relay_text(relay)
    assert 'televisit_relay_loop{loop="native"} 0\n' in text
    assert 'televisit_relay_loop{loop="python"} 1\n' in text


async def test_a_native_loop_that_cannot_be_had_is_refused_in_words_or_done_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> Library:
        raise NoNativeLoop("there is no C compiler")

    monkeypatch.setattr("media.native.reader.load", missing)
    demanded = read({"RELAY_PORT": "0", "RELAY_LOOP": "native"}).usable()
    with pytest.raises(Refusal, match=r"RELAY_LOOP is native.*there is no C compiler"):
        async with open_switchboard(demanded):
            pass
    with capture_logs() as logs:
        async with open_switchboard(read({"RELAY_PORT": "0"}).usable()) as switchboard:
            assert switchboard.available
    assert [one["why"] for one in logs if one["event"] == "relay.native_loop_missing"] == [
        "there is no C compiler"
    ]
    assert [one["loop"] for one in logs if one["event"] == "relay.open"] == ["python"]


async def test_after_a_call_it_has_figures_of_everybody_and_as_many_lines_as_before() -> None:
    async with calling("ann", "ben") as call:
        before = relay_text(call.relay)

        async def talked() -> bool:
            for talker in call.talkers.values():
                talker.talk()
                talker.report()
            now = samples(relay_text(call.relay))
            return all(now[name] == 2 for name in _MEASURED) and now[_OUT] > 0

        await until(talked)
        text = relay_text(call.relay)
    told = samples(text)
    assert told['televisit_relay_participants{state="connected"}'] == 2
    assert told['televisit_relay_round_trip_seconds{le="0.05"}'] == 2
    assert told['televisit_relay_jitter_seconds{le="0.005"}'] == 0
    assert told['televisit_relay_loss_ratio{le="0.005"}'] == 0
    assert told['televisit_relay_participant_bits_per_second{direction="in",le="+Inf"}'] == 2
    assert sum(told[f'televisit_relay_quality{{quality="{word.value}"}}'] for word in Quality) == 2
    assert told['televisit_relay_pictures{layer="0"}'] == 2
    assert told['televisit_relay_quality{quality="unknown"}'] == 0
    # The limits are cumulative, and nobody is among the labels.
    for name in ("round_trip_seconds", "jitter_seconds", "loss_ratio"):
        counts = [value for key, value in told.items() if key.startswith(f"televisit_relay_{name}{{")]
        assert counts == sorted(counts)
    assert samples(before).keys() == told.keys()
    assert not re.search(r"\b(ann|ben|visit)\b", text)


def test_every_line_is_explained_with_its_unit() -> None:
    """Whoever adds a metric writes its row, and none is left behind."""
    rows = re.findall(r"^\| `(televisit_\w+)` \| (\w+) \| ([^|]+) \|", DOCUMENT.read_text("utf-8"), re.M)
    source = SOURCE.read_text("utf-8")
    assert {name for name, _, _ in rows} == set(re.findall(r'"(televisit_\w+)"', source))
    assert all(unit.strip() for _, _, unit in rows)


def test_without_a_relay_it_says_so() -> None:
    assert [line for line in relay_text(None).splitlines() if line[0] != "#"] == ["televisit_relay_up 0"]


async def test_it_is_told_at_its_own_address_alone() -> None:
    port = free_port()
    async with open_metrics(("127.0.0.1", port), None):
        loop = asyncio.get_running_loop()

        def read(path: str) -> tuple[int, str]:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                    return answer.status, answer.headers["Content-Type"]
            except urllib.error.HTTPError as error:
                return error.code, ""

        assert await loop.run_in_executor(None, read, "/metrics") == (
            200,
            "text/plain; version=0.0.4; charset=utf-8",
        )
        assert (await loop.run_in_executor(None, read, "/"))[0] == 404
        with pytest.raises(Refusal):
            async with open_metrics(("127.0.0.1", port), None):
                pass


async def test_the_relay_listens_where_the_server_does() -> None:
    settings = await port_settings("127.0.0.1", RelaySettings(0, (), 12000))
    assert (settings.host_v4, settings.host_v6) == ("127.0.0.1", None)
    assert settings.addresses() == ("127.0.0.1",)


@pytest.mark.parametrize(
    ("told", "v4", "v6"),
    [
        (("192.0.2.7",), "0.0.0.0", None),  # noqa: S104  # Behind a NAT.
        (("127.0.0.2",), "127.0.0.2", None),
        (("127.0.0.2", "127.0.0.3"), "0.0.0.0", None),  # noqa: S104  # Two of its own.
        (("::1", "127.0.0.2"), "127.0.0.2", "::1"),
    ],
)
async def test_it_listens_at_the_address_that_is_told_where_that_is_its_own(
    told: tuple[str, ...], v4: str, v6: str | None
) -> None:
    settings = await port_settings("127.0.0.1", RelaySettings(3479, told, 12000))
    assert (settings.port, settings.host_v4, settings.host_v6) == (3479, v4, v6)
    assert settings.addresses() == told


async def test_on_every_interface_this_machine_tells_its_own_address() -> None:
    settings = await port_settings("0.0.0.0", RelaySettings(0, (), 12000))  # noqa: S104  # As HOST says.
    told = settings.addresses()
    assert told[-1] == "127.0.0.1"
    assert "0.0.0.0" not in told  # noqa: S104


async def test_a_taken_port_is_refused_in_words_and_what_ends_the_body_comes_out_as_it_is() -> None:
    async with open_relay(V4, Switchboard()) as relay:
        taken = read({"RELAY_PORT": str(relay.port.number)}).usable()
        with pytest.raises(Refusal, match="RELAY_PORT"):
            async with open_switchboard(taken):
                pass
    told = read({"RELAY_PORT": "0", "P2P": "never"}).usable()
    with pytest.raises(KeyError):
        async with open_switchboard(told) as switchboard:
            assert switchboard.available and not switchboard.p2p_allowed
            raise KeyError
    async with open_switchboard(read({}).usable()) as switchboard:
        assert not switchboard.available
