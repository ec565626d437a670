"""Live consultations: who is connected, who waits, who hears whom. One task owns one room.

The medical fact is in the database and the record in the archive; presence is here and nowhere else.
"""
