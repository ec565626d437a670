"""What a browser would answer to the relay's offer, for participants of tests that are none."""

import re

from media.dtls import Fingerprint

_MIRRORED = {"a=sendonly": "a=recvonly", "a=recvonly": "a=sendonly", "a=setup:actpass": "a=setup:active"}
# What is the relay's own: its sources, and where it is reached.
_LEFT_OUT = ("a=candidate", "a=end-of-candidates", "a=ice-lite", "a=msid", "a=ssrc", "a=rid", "a=simulcast")


def answer_to(offer: str, fingerprint: Fingerprint) -> str:
    """Return an answer that takes all that is offered, each video in a single encoding known by its mid."""
    lines = []
    for line in offer.splitlines():
        if line.startswith(_LEFT_OUT):
            continue
        line = _MIRRORED.get(line, line)
        line = re.sub(r"^a=ice-ufrag:.*", "a=ice-ufrag:tests", line)
        line = re.sub(r"^a=ice-pwd:.*", "a=ice-pwd:testsoftherelaytestsoftherelay", line)
        line = re.sub(
            r"^a=fingerprint:.*", f"a=fingerprint:{fingerprint.algorithm} {fingerprint.value}", line
        )
        lines.append(line)
    return "".join(f"{line}\r\n" for line in lines)
