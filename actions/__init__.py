"""Use cases: one function is one transaction, its permission check, its jobs and its audit line.

Every action takes a Context (transaction, actor, time, ids). Edges and rooms call actions; actions never
call edges.
"""
