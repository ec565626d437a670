"""Media: what signalling may carry (SDP, ICE candidates), TURN credentials, and how the relay carries
packets.

The only package that may know aiortc, aioice, av and pylibsrtp. It knows no rooms and no people.

The way of a packet: `port` reads it (`listening` opened the sockets, `ice_tcp` and `rfc4571` do the same for
TCP), `ice_lite` with `stun` says whose address it came from, `transport` is that participant's connection,
keyed by `dtls` and decrypted by `srtp`. `plane` sends it on along the `route`s of its `track`.

The way of a call: `relay` lets a participant (`relay_member`) into a room and makes its `negotiation`, whose
offers `relay_offer` writes out of `relay_profile` and whose answers `relay_answer` reads.
"""
