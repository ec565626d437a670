from pathlib import Path

from signaling import schema
from signaling.handlers import HANDLERS
from signaling.protocol import CLIENT_EVENTS

COMMITTED = Path(__file__).parents[3] / "web" / "schema" / "signaling.json"


def test_the_committed_schema_is_the_protocol() -> None:
    """Write it again with: python -m signaling.schema > web/schema/signaling.json (then npm run generate)."""
    assert COMMITTED.read_text(encoding="utf-8") == schema.document()


def test_every_event_has_a_handler() -> None:
    assert HANDLERS.keys() == CLIENT_EVENTS.keys()
