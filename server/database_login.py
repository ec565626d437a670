"""Which login the server uses of a database, and what is wrong with one that is too strong for serving.

The owner of the tables could switch off the triggers that keep the record from being changed, and a
superuser could do anything. So the server serves with a login that owns nothing, and refuses any other
outside the demo.
"""

from server.refusal import Refusal
from storage.grants import LoginFacts, login_facts
from storage.pool import Database

EMBEDDED_APP = "televisit_app"
"""The server's own login in the embedded PostgreSQL, whose superuser migrates."""
EMBEDDED_CAVEAT = (
    "The embedded PostgreSQL lets in everybody who may read its folder: "
    "its grants stop mistakes, not an intruder."
)
_INSTEAD = (
    "Give DATABASE_URL a login of its own that owns nothing, MIGRATE_DATABASE_URL the owner's, and run: "
    "televisit migrate (deploy/postgres/roles.sql makes both logins)."
)
_SHOWN_MAX = 6


def too_strong(facts: LoginFacts) -> list[str]:
    """Return why this login may not serve a hospital, in sentences; the last one says what to do."""
    found = []
    if "SUPERUSER" in facts.attributes:
        found.append(f"DATABASE_URL's login {facts.login} is a superuser, or may become one.")
    else:
        if facts.attributes:
            found.append(
                f"DATABASE_URL's login {facts.login} has, or may take on, {', '.join(facts.attributes)}."
            )
        if facts.roles:
            found.append(f"DATABASE_URL's login {facts.login} is a member of {', '.join(facts.roles)}.")
        if facts.owned:
            found.append(f"DATABASE_URL's login {facts.login} owns, or may own, {_some(facts.owned)}.")
    if not found:
        return []
    return [*found, "Such a login could change the record without a trace.", _INSTEAD]


def misgranted(facts: LoginFacts) -> list[str]:
    """Return in sentences how this login's privileges differ from what it needs, and what to do."""
    found = []
    if facts.missing:
        found.append(
            f"DATABASE_URL's login {facts.login} may not do what the server does: {_some(facts.missing)}."
        )
    if facts.excess:
        found.append(f"DATABASE_URL's login {facts.login} may do more than it needs: {_some(facts.excess)}.")
    if found:
        found.append("The owner's login mends it: televisit migrate")
    return found


def unguarded(facts: LoginFacts) -> list[str]:
    """Return in a sentence which tables of the record can be changed, because what guards them is off."""
    if not facts.unguarded:
        return []
    return [
        f"Nothing guards {_some(facts.unguarded)} against changes: the triggers are gone or switched off "
        "(ALTER TABLE ... ENABLE TRIGGER ALL, as the owner)."
    ]


async def demand_own_login(database: Database) -> None:
    """Raise Refusal unless this connection's login can serve and cannot touch what is in the record."""
    facts = await login_facts(database)
    # A superuser may do everything by nature: that its grants differ would only add noise.
    reasons = (too_strong(facts) or misgranted(facts)) + unguarded(facts)
    if reasons:
        raise Refusal(*reasons)


def _some(names: tuple[str, ...]) -> str:
    """List the first few; a login that is altogether wrong differs in every table."""
    more = len(names) - _SHOWN_MAX
    return "; ".join(names[:_SHOWN_MAX]) + (f" and {more} more" if more > 0 else "")
