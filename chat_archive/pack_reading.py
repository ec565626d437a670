"""Reading the files of an evidence pack, as `pack` writes them. Nothing is verified here."""

from chat_archive.entry import Entry
from chat_archive.invalid import Malformed
from chat_archive.pack import VERSION, About, Asked, Conversation, Destruction, Kept, Part, Policy, Summary
from chat_archive.pack_text import KEYS_NOTICE
from chat_archive.path_table import Node
from chat_archive.strict_json import Fields, hexadecimal, parse_object


def read_about(data: bytes) -> About:
    """Read pack.json; raise Malformed."""
    whole = parse_object(data)
    if whole.text("format") != "televisit/evidence-pack" or whole.number("version") != VERSION:
        raise Malformed(f"this is no evidence pack of version {VERSION}")
    asked = whole.inner("asked")
    about = About(
        whole.text("software"),
        whole.text("origin"),
        Asked(
            asked.text("account"),
            asked.text("name"),
            asked.text("role"),
            asked.text("reason"),
            asked.moment("at"),
        ),
        tuple(
            Summary(
                item.uuid("conversation_id"),
                item.uuid("consultation_id"),
                item.choice("part", Part),
                item.number("entries"),
                item.hash("last_hash"),
                item.flag("closed"),
            )
            for item in whole.inners("conversations")
        ),
        {item.text("account"): (item.text("name"), item.text("role")) for item in whole.inners("authors")},
        tuple(
            Destruction(
                item.uuid("consultation_id"),
                item.moment("at"),
                item.text("requested_by"),
                tuple(item.texts("approved_by")),
                item.text("rule"),
                item.moment("due_at"),
                item.text("reason"),
                item.moment("key_backups_expire_at"),
                item.number("register_seq"),
            )
            for item in whole.inners("destructions")
        ),
    )
    whole.done()
    return about


def read_policy(data: bytes) -> Policy:
    """Read policy.json; raise Malformed."""
    whole = parse_object(data)
    policy = Policy(
        whole.text("origin"),
        whole.text("log_key"),
        tuple(whole.texts("witness_keys")),
        whole.number("quorum"),
    )
    notice = whole.inner("notice")
    for language in KEYS_NOTICE:
        notice.text(language)
    whole.done()
    return policy


def read_inclusion(data: bytes) -> tuple[int, dict[Node, bytes]]:
    """Read proofs/inclusion.json: the tree's size, and the table of nodes. Raise Malformed."""
    whole = parse_object(data)
    size = whole.number("size")
    table = {(item.number("first"), item.number("last")): item.hash("hash") for item in whole.inners("nodes")}
    whole.done()
    return size, table


def read_record(data: bytes) -> Conversation:
    """Read a conversation's record, damaged entries too; raise Malformed for what cannot be written."""
    whole = parse_object(data)
    conversation_id = whole.uuid("conversation_id")
    record = Conversation(
        conversation_id,
        whole.uuid("consultation_id"),
        whole.choice("part", Part),
        [_read_entry(item) for item in whole.inners("entries")],
    )
    whole.done()
    return record


def _read_entry(item: Fields) -> Kept:
    text, raw = item.optional_text("body"), item.optional_text("body_hex", absent=True)
    body = None if text is None else text.encode()
    if raw is not None:
        if text is not None:
            raise Malformed("an entry has one body")
        body = hexadecimal(raw)
    salt = item.optional_text("salt")
    entry = Entry(
        item.uuid("conversation_id"),
        item.number("seq"),
        item.uuid("message_id"),
        item.text("author"),
        item.text("kind"),
        item.moment("recorded_at"),
        item.hash("commitment"),
        item.hash("entry_hash"),
        body,
        None if salt is None else hexadecimal(salt, 32),
    )
    return Kept(entry, item.optional_number("index"), item.hash("previous"))
