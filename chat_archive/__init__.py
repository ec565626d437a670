"""The verifiable log of what was said and done: entries, the hash chain, its verifier.

Pure but for the port `ArchiveStore`, which storage implements on PostgreSQL and `memory` twins. It
knows conversations, authors and bytes; it knows nothing of hospitals.
"""
