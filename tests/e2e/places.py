"""Places with a network of their own, in which browsers sit: one may be made narrow, lose its UDP, or move.

A place is a network namespace joined to this machine by one pair of virtual interfaces. Nothing of it reaches
any other network. Making one needs a privilege that not everybody who runs tests has.
"""

import ctypes
import itertools
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import program

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET = 0x40000000
_count = itertools.count()


class Place:
    """One place. `outside` is this machine's address to it, `inside` its own, which `move` changes."""

    def __init__(self, folder: Path) -> None:
        number = next(_count)
        self.name = f"televisit-{os.getpid()}-{number}"
        self._near, self._far = f"tv{os.getpid()}n{number}", f"tv{os.getpid()}f{number}"
        # Addresses for trying networks out (RFC 2544 C.2.2): 64 of them for each place.
        block = (os.getpid() * 8 + number) % 1024 * 64
        self._network = f"198.18.{block // 256}."
        self._first = block % 256
        self.outside = f"{self._network}{self._first + 1}"
        self.inside = f"{self._network}{self._first + 2}"
        self._moves = 0
        self._executable = folder / f"in-{self.name}"

    def open(self) -> None:
        """Make the namespace and join it to this machine."""
        _ip("netns", "add", self.name)
        _ip("link", "add", self._near, "type", "veth", "peer", "name", self._far, "netns", self.name)
        _ip("addr", "add", f"{self.outside}/26", "dev", self._near)
        _ip("link", "set", self._near, "up")
        _ip("-n", self.name, "link", "set", "lo", "up")
        _ip("-n", self.name, "addr", "add", f"{self.inside}/26", "dev", self._far)
        _ip("-n", self.name, "link", "set", self._far, "up")
        # As at home: everything lies behind one way out.
        _ip("-n", self.name, "route", "add", "default", "via", self.outside)

    def close(self) -> None:
        """Take everything away. What still runs in it has no network any more."""
        for words in (("link", "del", self._near), ("netns", "del", self.name)):
            _try("ip", *words)

    def program(self, path: str) -> str:
        """Return a program that runs the one at `path` in here."""
        words = f'#!/bin/sh\nexec ip netns exec {self.name} {path} "$@"\n'
        self._executable.write_text(words, encoding="utf-8")
        self._executable.chmod(0o755)
        return str(self._executable)

    def socket(self, kind: socket.SocketKind = socket.SOCK_STREAM) -> socket.socket:
        """Return a socket of this process that is in here."""
        with open("/proc/thread-self/ns/net", "rb") as home, open(f"/run/netns/{self.name}", "rb") as here:
            _enter(here.fileno())
            try:
                return socket.socket(socket.AF_INET, kind)
            finally:
                _enter(home.fileno())

    def narrow(self, kbit_per_s: int) -> None:
        """Let no more than this come in from now on; 200 ms of it wait, the rest is lost."""
        rate = f"{kbit_per_s}kbit"
        _run(
            "tc",
            "qdisc",
            "add",
            "dev",
            self._near,
            "root",
            "tbf",
            "rate",
            rate,
            "burst",
            "4kb",
            "latency",
            "200ms",
        )

    def widen(self) -> None:
        """Let everything come in again."""
        _run("tc", "qdisc", "del", "dev", self._near, "root")

    def drop_udp(self) -> None:
        """Let no UDP out from now on, without a word to who sends it."""
        _ip("-n", self.name, "link", "add", "hole", "type", "veth", "peer", "name", "bottom")
        for end in ("hole", "bottom"):
            _ip("-n", self.name, "link", "set", end, "arp", "off", "up")
        _ip("-n", self.name, "route", "add", "default", "dev", "hole", "table", "100")
        _ip("-n", self.name, "rule", "add", "ipproto", "udp", "table", "100")

    def move(self) -> None:
        """Have another address from now on, and the old one no more."""
        old = self.inside
        self._moves += 1
        self.inside = f"{self._network}{self._first + 2 + self._moves}"
        _ip("-n", self.name, "addr", "del", f"{old}/26", "dev", self._far)
        _ip("-n", self.name, "addr", "add", f"{self.inside}/26", "dev", self._far)
        _ip("-n", self.name, "route", "add", "default", "via", self.outside)


def _try(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(words, check=False, capture_output=True, text=True)


def _run(*words: str) -> None:
    done = _try(*words)
    assert done.returncode == 0, (words, done.stderr)


def _ip(*words: str) -> None:
    _run("ip", *words)


def _enter(namespace: int) -> None:
    if _LIBC.setns(namespace, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


@contextmanager
def a_place(folder: Path) -> Iterator[Place]:
    """Make a place, and take it away at the end; skip the test where that is not allowed."""
    program("ip", "iproute2")
    program("tc", "iproute2")
    if os.geteuid() != 0:
        pytest.skip("network namespaces are made by root alone")
    probe = f"televisit-{os.getpid()}-probe"
    done = _try("ip", "netns", "add", probe)
    if done.returncode != 0:
        pytest.skip(f"network namespaces cannot be made here: {done.stderr.strip()}")
    _ip("netns", "del", probe)
    place = Place(folder)
    try:
        place.open()
        yield place
    finally:
        place.close()
