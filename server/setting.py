"""What one setting is. The table of them is in `settings`."""

from dataclasses import dataclass

from server.setting_rules import Rule


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `default` is the text that stands for it when nothing is set; None: it is simply not set.

    A secret can also be given by a file: NAME_FILE holds the file's path. A secret is never printed. The file
    of a guarded one must not be open to everybody on the machine.
    `also` is a second name that means the same.
    """

    name: str
    rule: Rule
    default: str | None
    meaning: str
    secret: bool = False
    guarded: bool = False
    also: str | None = None
