"""What a person did or has to do before the command can go on: told in sentences, without a traceback."""

from collections.abc import Awaitable


class Refusal(Exception):
    """The command stops here. `sentences` say why and what to do, one reason each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


async def refusals(demand: Awaitable[object]) -> list[str]:
    """Return the sentences with which a demand is refused, none when it is met."""
    try:
        await demand
    except Refusal as refusal:
        return list(refusal.sentences)
    return []
