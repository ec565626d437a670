"""The televisit command."""
