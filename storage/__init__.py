"""The only SQL and the only aiopg: pool, migrations, named queries, row <-> domain mapping, the job queue.

Constraint violations become domain errors here. No rule of the hospital is decided here.
"""
