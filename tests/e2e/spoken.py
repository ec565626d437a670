"""What a fake microphone hears: a voice without a pause, so that every missing packet is heard."""

import math
import struct
import wave
from pathlib import Path

RATE = 48_000


def write_voice(path: Path, length_s: int = 10) -> None:
    """Write a voice-like tone with overtones, whose pitch and loudness wander, as 16-bit PCM."""
    phase = 0.0
    frames = bytearray()
    for index in range(RATE * length_s):
        at_s = index / RATE
        phase += (140 + 25 * math.sin(2 * math.pi * 1.7 * at_s)) / RATE
        tone = sum(math.sin(2 * math.pi * phase * part) / part for part in (1, 2, 3, 5, 8))
        loud = 0.65 + 0.35 * math.sin(2 * math.pi * 3.3 * at_s)
        frames += struct.pack("<h", int(7000 * loud * tone))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(frames))
