"""Settings of sound and picture: TURN, the relay, p2p, and where Prometheus reads."""

import pytest

from server.config import Config, read
from server.media_settings import RelaySettings


def usable(**environ: str) -> Config:
    return read(environ).usable()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RELAY_PORT", "65536"),
        ("RELAY_PORT", "on"),
        ("RELAY_ADDRESSES", "relay.example.org"),
        ("RELAY_ADDRESSES", "0.0.0.0"),  # noqa: S104  # Refused, never listened on.
        ("RELAY_KBIT_PER_S", "499"),
        ("RELAY_LOOP", "c"),
        ("P2P", "relay"),
        ("METRICS_ADDRESS", "9464"),
        ("METRICS_ADDRESS", "127.0.0.1:0"),
        ("METRICS_ADDRESS", "metrics.example.org:9464"),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: str) -> None:
    (problem,) = read({"DEMO": "true", name: value}).problems
    assert problem.startswith(name)


@pytest.mark.parametrize(
    "environ",
    [
        {"P2P": "never"},
        {"P2P": "never", "DEMO": "true", "RELAY_PORT": "off"},
        {"RELAY_ADDRESSES": "192.0.2.7"},
    ],
)
def test_what_needs_a_relay_says_so(environ: dict[str, str]) -> None:
    (problem,) = read(environ).problems
    assert "RELAY_PORT" in problem


def test_figures_are_told_at_an_address_of_either_family() -> None:
    assert usable().metrics_address is None
    assert usable(METRICS_ADDRESS="127.0.0.1:9464").metrics_address == ("127.0.0.1", 9464)
    assert usable(METRICS_ADDRESS="[::1]:9464").metrics_address == ("::1", 9464)


def test_turn_url_means_turn_urls() -> None:
    turn = usable(TURN_URL="turn:a:3478?transport=udp", TURN_SECRET="s").turn
    assert turn is not None
    assert turn.urls == ("turn:a:3478?transport=udp",)


def test_the_relay_is_there_in_a_demo_and_else_where_it_is_told_to_be() -> None:
    assert usable().relay is None
    assert usable(DEMO="true", RELAY_PORT="off").relay is None
    assert usable(DEMO="true").relay == RelaySettings(0, (), 12000)
    told = usable(RELAY_PORT="3479", RELAY_ADDRESSES="192.0.2.7, 2001:db8::7", P2P="never")
    assert told.relay == RelaySettings(3479, ("192.0.2.7", "2001:db8::7"), 12000)
    assert (usable().p2p, told.p2p) == ("allow", "never")
    by_python = usable(DEMO="true", RELAY_LOOP="python").relay
    assert by_python == RelaySettings(0, (), 12000, "python")
    here, beyond = {"RELAY_PORT": "3479"}, {"RELAY_PORT": "3479", "PUBLIC_URL": "https://visits.example.org"}
    assert not any("RELAY" in note for note in read(here).notes)
    assert any("No RELAY_ADDRESSES" in note for note in read(beyond).notes)
