"""The composition root: configuration, wiring, lifecycles and the televisit command."""
