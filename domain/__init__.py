"""Rules and words of the hospital.

Here live identifiers, the error tree, state tables, permissions, facts and job names. Everything is
pure: given the time, given the identifiers, standard library only. What does not live here: I/O,
clocks, logging, configuration, wire formats and SQL.
"""
