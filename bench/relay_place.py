"""Where the relays of the benchmark run: a network namespace with an address of its own.

Janus leaves the loopback interface out: both servers stand behind the same pair of virtual interfaces.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

# Of TEST-NET-2 (RFC 5737), which no network uses.
LOAD_HOST, SERVER_HOST = "198.51.100.1", "198.51.100.2"
# A server does not outlive a run that was killed.
_ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL")
_FIRST = -15


@dataclass
class Child:
    """A server's process. `cpu_s` counts all of its threads, by the scheduler's own clock."""

    process: asyncio.subprocess.Process

    def cpu_s(self) -> float:
        """Return the seconds of processor time so far, of the threads that are there and were."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ended = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
        exact = 0.0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                exact += int((task / "schedstat").read_text(encoding="utf-8").split()[0]) / 1e9
            except OSError:
                continue
        # Threads that ended are in the first figure alone; its step is 10 ms.
        return max(ended, exact)

    def rss_kb(self) -> int:
        """Return the resident memory."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS"))


@contextlib.contextmanager
def before_others() -> Iterator[None]:
    """Have this process and the servers that it starts go before whatever else runs on the machine, so that
    its other work is felt less. Linux weighs sessions first, then the processes in one (sched(7)).
    """
    own = os.getpid()
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, own, _FIRST)
    _before_others(own)
    try:
        yield
    finally:
        _before_others(own, 0)


def _before_others(process: int, nice: int = _FIRST) -> None:
    """Weigh a process's session, which should be its own: the threads of one share its weight."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/autogroup").write_text(str(nice), encoding="ascii")


@asynccontextmanager
async def namespace() -> AsyncIterator[str]:
    """Make the namespace and both interfaces; remove them afterwards. RuntimeError without the privilege."""
    for left, lives in _others():
        if lives:
            raise RuntimeError("another benchmark of the relay runs, on the same addresses")
        await _ip("link", "del", f"{left}o", check=False)
        await _ip("netns", "del", left, check=False)
    name = f"tvb{os.getpid()}"
    inside, outside = f"{name}i", f"{name}o"
    try:
        await _ip("netns", "add", name)
        await _ip("link", "add", outside, "type", "veth", "peer", "name", inside)
        await _ip("link", "set", inside, "netns", name)
        await _ip("addr", "add", f"{LOAD_HOST}/30", "dev", outside)
        await _ip("link", "set", outside, "up")
        await _ip("-n", name, "addr", "add", f"{SERVER_HOST}/30", "dev", inside)
        await _ip("-n", name, "link", "set", inside, "up")
        await _ip("-n", name, "link", "set", "lo", "up")
        # A browser tries all addresses of the machine: what comes from another one is answered, too.
        await _ip("-n", name, "route", "add", "default", "via", LOAD_HOST)
        yield name
    finally:
        await _ip("link", "del", outside, check=False)
        await _ip("netns", "del", name, check=False)


def _others() -> list[tuple[str, bool]]:
    """Return the namespaces of other runs, and whether those live."""
    names = [one.name for one in Path("/run/netns").glob("tvb*")]
    return [(name, Path("/proc", name.removeprefix("tvb")).exists()) for name in names]


@asynccontextmanager
async def child(
    place: str,
    core: int | None,
    arguments: Sequence[str],
    *,
    talks: bool = False,
    environment: dict[str, str] | None = None,
    log: Path | None = None,
) -> AsyncIterator[Child]:
    """Run a program in the namespace on one core, or on any; end it afterwards. What it says goes to
    `log`.
    """
    pipe = asyncio.subprocess.PIPE if talks else None
    held = () if core is None else ("taskset", "-c", str(core))
    with contextlib.ExitStack() as files:
        told = files.enter_context(log.open("wb")).fileno() if log else sys.stderr.fileno()
        started = await asyncio.create_subprocess_exec(
            *_ENDS_WITH_US, "ip", "netns", "exec", place, *held, *arguments,
            stdin=pipe, stdout=pipe or told, stderr=told, limit=1 << 20, start_new_session=True,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
    _before_others(started.pid)
    try:
        yield Child(started)
    finally:
        if started.returncode is None:
            started.terminate()
        try:
            async with asyncio.timeout(10):
                await started.wait()
        except TimeoutError:
            started.kill()
            await started.wait()


async def _ip(*arguments: str, check: bool = True) -> None:
    ran = await asyncio.create_subprocess_exec("ip", *arguments, stderr=subprocess.PIPE)
    _, error = await ran.communicate()
    if check and ran.returncode:
        raise RuntimeError(f"ip {' '.join(arguments)}: {error.decode().strip()}")
