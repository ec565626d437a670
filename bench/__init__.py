"""Benchmarks: each prints one JSON line with a ratio against a peer or a floor in the same run."""
