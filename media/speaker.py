"""Who speaks: from the audio levels in packet headers (RFC 6464), without decoding."""

# Louder than so many dB below full scale counts as speech; steady noise of a room is below.
_SPEECH_DBOV = 50
# Weight of one packet (20 ms) in the running loudness: half of it is of the last 200 ms.
_WEIGHT = 1 / 16
# Who speaks keeps the word for so long, and until somebody is louder by so much.
_HOLD_NS = 1_000_000_000
_MARGIN = 3.0
_QUIET_NS = 500_000_000


class Speakers:
    """The loudness of everybody in one room: `add` per audio packet, `current` when somebody asks."""

    __slots__ = ("_current", "_heard_ns", "_loudness", "_since_ns")

    def __init__(self) -> None:
        self._loudness: dict[str, float] = {}
        self._heard_ns: dict[str, int] = {}
        self._current: str | None = None
        self._since_ns = 0

    def add(self, participant: str, level: int, now_ns: int) -> None:
        """Take in the level of one packet: 0 (loudest) to 127 dB below full scale."""
        loud = float(_SPEECH_DBOV - level) if level < _SPEECH_DBOV else 0.0
        before = self._loudness.get(participant, 0.0)
        self._loudness[participant] = before + (loud - before) * _WEIGHT
        self._heard_ns[participant] = now_ns

    def current(self, now_ns: int) -> str | None:
        """Return who speaks, or spoke last and nobody since; None before anybody spoke."""
        best: str | None = None
        loudest = 1.0
        for participant, loudness in self._loudness.items():
            # A muted microphone sends nothing: its last loudness does not count on.
            if loudness > loudest and now_ns - self._heard_ns[participant] < _QUIET_NS:
                best, loudest = participant, loudness
        if best is None or best == self._current:
            return self._current
        held = self._loudness.get(self._current or "", 0.0)
        rested = now_ns - self._since_ns >= _HOLD_NS
        if self._current is None or (rested and loudest > held + _MARGIN):
            self._current = best
            self._since_ns = now_ns
        return self._current

    def forget(self, participant: str) -> None:
        """The participant left."""
        self._loudness.pop(participant, None)
        self._heard_ns.pop(participant, None)
        if self._current == participant:
            self._current = None
