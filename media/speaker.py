"""Who speaks: from the audio levels in packet headers (RFC 6464), without decoding."""

# Louder than so many dB below full scale counts as speech; steady noise of a room is below.
_SPEECH_DBOV = 50
# Weight of one packet (20 ms) in the running loudness: half of it is of the last 200 ms.
_WEIGHT = 1 / 16
# Who speaks keeps the word for so long, and until somebody is louder by so much.
_HOLD_NS = 1_000_000_000
_MARGIN = 3.0
_QUIET_NS = 500_000_000


class Voice:
    """How loud one participant is of late."""

    __slots__ = ("heard_ns", "loudness")

    def __init__(self) -> None:
        self.loudness = 0.0
        self.heard_ns = 0

    def add(self, level: int, now_ns: int) -> None:
        """Take in the level of one packet: 0 (loudest) to 127 dB below full scale."""
        loud = float(_SPEECH_DBOV - level) if level < _SPEECH_DBOV else 0.0
        self.loudness += (loud - self.loudness) * _WEIGHT
        self.heard_ns = now_ns


class Speakers:
    """The loudness of everybody in one room: a `Voice` hears each, `current` when somebody asks."""

    __slots__ = ("_current", "_since_ns", "voices")

    def __init__(self) -> None:
        self.voices: dict[str, Voice] = {}
        self._current: str | None = None
        self._since_ns = 0

    def join(self, participant: str, voice: Voice) -> None:
        """Listen to a participant from now on, by what this voice is told."""
        self.voices[participant] = voice

    def current(self, now_ns: int) -> str | None:
        """Return who speaks, or spoke last and nobody since; None before anybody spoke."""
        best: str | None = None
        loudest = 1.0
        for participant, voice in self.voices.items():
            # A muted microphone sends nothing: its last loudness does not count on.
            if voice.loudness > loudest and now_ns - voice.heard_ns < _QUIET_NS:
                best, loudest = participant, voice.loudness
        if best is None or best == self._current:
            return self._current
        known = self.voices.get(self._current or "")
        held = 0.0 if known is None else known.loudness
        rested = now_ns - self._since_ns >= _HOLD_NS
        if self._current is None or (rested and loudest > held + _MARGIN):
            self._current = best
            self._since_ns = now_ns
        return self._current

    def forget(self, participant: str) -> None:
        """The participant left."""
        self.voices.pop(participant, None)
        if self._current == participant:
            self._current = None
