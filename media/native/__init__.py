"""The native loop: the relay's packet path in C, over memory that it shares with the plain Python classes.

    relay_loop.h                 the memory that it shares, and what Python calls
    relay_loop.c, sending.c      the loop: one packet in, and out on each of its routes
    table.c, feedback.c          whose an address is; what a participant's reports and ours say
    library                      compiles it once and loads it
    cells                        the plain classes of media/, with their numbers in that memory
    lane, reader                 what `media.lane` and `media.reader` are, by the native loop

Whatever needs a decision is Python's as ever: the loop hands it over before it has noted anything of it, and
what was decided it finds in the same memory. Without a C compiler the plain loop runs.
"""
