"""Runs in build/peers: roots and inclusion proofs as pymerkle makes them.

Reads {"leaves": [hex of each leaf's data]}; writes {"roots": [hex, for each size from 0], "paths": [for each
size from 1 the inclusion path of each leaf, its hashes one after the other in hex]}.
"""

import json
import sys

from pymerkle import InmemoryTree

given = json.load(sys.stdin)
tree = InmemoryTree(algorithm="sha256")
for leaf in given["leaves"]:
    tree.append_entry(bytes.fromhex(leaf))
roots = [tree.get_root(size).hex() for size in range(len(given["leaves"]) + 1)]
paths = [
    # Its paths begin with the leaf itself, and its leaves are counted from 1.
    [b"".join(tree.prove_inclusion(index + 1, size).path[1:]).hex() for index in range(size)]
    for size in range(1, len(given["leaves"]) + 1)
]
json.dump({"roots": roots, "paths": paths}, sys.stdout)
