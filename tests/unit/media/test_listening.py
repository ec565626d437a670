import socket

import pytest

from domain.errors import OwnFault
from media.candidate import parse_candidate
from media.listening import (
    RECEIVE_BUFFER,
    PortSettings,
    dropped_by_kernel,
    host_candidates,
    open_sockets,
    receive_room,
)


def test_every_socket_has_the_same_number() -> None:
    opened = open_sockets(PortSettings(host_v4="127.0.0.1", host_v6="::1"))
    try:
        assert len(opened.udp) == len(opened.tcp) == 2
        assert {one.getsockname()[1] for one in (*opened.udp, *opened.tcp)} == {opened.number}
    finally:
        opened.close()


def test_a_wildcard_of_ipv6_leaves_ipv4_alone() -> None:
    opened = open_sockets(PortSettings())
    try:
        assert [one.getsockname()[0] for one in opened.udp] == ["0.0.0.0", "::"]  # noqa: S104
        assert opened.udp[1].getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY) == 1
    finally:
        opened.close()


def test_a_number_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as taken:
        taken.bind(("::1", 0))
        number = taken.getsockname()[1]
        settings = PortSettings(number, "127.0.0.1", "::1", tcp=False)
        with pytest.raises(OSError, match="in use"):
            open_sockets(settings)
    again = open_sockets(settings)
    assert again.number == number and again.tcp == []
    again.close()


def test_what_finds_no_room_is_counted_by_the_kernel() -> None:
    opened = open_sockets(PortSettings(host_v4="127.0.0.1", host_v6=None, tcp=False))
    udp = opened.udp[0]
    try:
        # A system may allow less than was asked for.
        assert 100_000 < receive_room(udp) <= RECEIVE_BUFFER
        assert dropped_by_kernel(udp) == 0
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for _ in range(50):
                sender.sendto(bytes(1000), udp.getsockname())
        assert 0 < dropped_by_kernel(udp) <= 50
    finally:
        opened.close()


def test_clients_are_told_the_public_addresses_and_udp_first() -> None:
    settings = PortSettings(advertised=("192.0.2.1", "2001:db8::1"), advertised_port=443)
    found = host_candidates(settings, 5000)
    assert [(one.transport, one.address, one.port, one.kind) for one in found] == [
        ("udp", "192.0.2.1", 443, "host"),
        ("udp", "2001:db8::1", 443, "host"),
        ("tcp", "192.0.2.1", 443, "host"),
        ("tcp", "2001:db8::1", 443, "host"),
    ]
    assert [one.extensions for one in found][2:] == [(("tcptype", "passive"),)] * 2
    priorities = [one.priority for one in found]
    assert priorities == sorted(set(priorities), reverse=True)
    assert len({one.foundation for one in found}) == 4


def test_the_candidates_are_ones_that_browsers_may_be_sent() -> None:
    for one in host_candidates(PortSettings(host_v4="127.0.0.1", host_v6=None), 5000):
        extensions = "".join(f" {name} {value}" for name, value in one.extensions)
        text = (
            f"candidate:{one.foundation} {one.component} {one.transport} {one.priority} "
            f"{one.address} {one.port} typ {one.kind}{extensions}"
        )
        assert parse_candidate(text) == one


@pytest.mark.parametrize(
    "settings",
    [
        PortSettings(),
        PortSettings(host_v4=None, host_v6=None),
        PortSettings(advertised=("relay.example",)),
        PortSettings(advertised=("0.0.0.0",)),  # noqa: S104
    ],
)
def test_settings_that_tell_clients_no_address_are_a_fault(settings: PortSettings) -> None:
    with pytest.raises(OwnFault):
        settings.addresses()
