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


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"RELAY_PORT": "8080"}, "RELAY_PORT is PORT"),
        ({"METRICS_ADDRESS": "127.0.0.1:8080"}, "METRICS_ADDRESS is where the pages are"),
        ({"METRICS_ADDRESS": "127.0.0.1:80", "HOST": "localhost", "PORT": "80"}, "where the pages are"),
        ({"METRICS_ADDRESS": "[::1]:80", "HOST": "::", "PORT": "80"}, "where the pages are"),
        ({"METRICS_ADDRESS": "0.0.0.0:8080"}, "where the pages are"),
        ({"METRICS_ADDRESS": "127.0.0.1:3479", "RELAY_PORT": "3479"}, "where the relay listens"),
        (
            {"METRICS_ADDRESS": "10.0.0.1:3479", "RELAY_PORT": "3479", "RELAY_ADDRESSES": "192.0.2.7"},
            "where the relay listens",
        ),
    ],
)
def test_two_that_would_listen_at_one_place_are_a_mistake(environ: dict[str, str], words: str) -> None:
    (problem,) = read(environ).problems
    assert words in problem


def test_the_same_port_elsewhere_is_no_mistake() -> None:
    assert read({"METRICS_ADDRESS": "192.0.2.7:8080", "HOST": "127.0.0.1"}).problems == []
    assert read({"METRICS_ADDRESS": "[::1]:8080", "HOST": "127.0.0.1"}).problems == []
    assert read({"RELAY_PORT": "0"}).problems == []


def test_figures_that_anybody_reads_or_nobody_needs_are_remarked_on() -> None:
    relay = {"RELAY_PORT": "3479"}

    def remarks(**environ: str) -> list[str]:
        return [note for note in read(environ).notes if "METRICS" in note]

    assert remarks(METRICS_ADDRESS="127.0.0.1:9464", **relay) == []
    for every in ("0.0.0.0:9464", "[::]:9464"):
        (open_to_all,) = remarks(METRICS_ADDRESS=every, **relay)
        assert "whoever reaches one" in open_to_all
    (idle,) = remarks(METRICS_ADDRESS="127.0.0.1:9464", DEMO="true", RELAY_PORT="off")
    assert "no relay" in idle


def test_who_has_a_relay_needs_no_stun_to_reach_another_network() -> None:
    assert any("No STUN_URLS" in note for note in read({}).notes)
    assert not any("No STUN_URLS" in note for note in read({"RELAY_PORT": "3479"}).notes)


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
