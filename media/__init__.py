"""Media: what signalling may carry (SDP, ICE candidates), TURN credentials; the relay.

The only package that may know aiortc, aioice, av and pylibsrtp. It knows no rooms and no people.
The relay's packets: `plane` is the interface, `receiving` and `sending` its two halves, `route` one track on
its way.
"""
