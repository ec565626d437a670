"""What a person did or has to do before the command can go on: told in sentences, without a traceback."""


class Refusal(Exception):
    """The command stops here. `sentences` say why and what to do, one reason each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
