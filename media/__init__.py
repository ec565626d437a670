"""Media: what signalling may carry (SDP, ICE candidates), TURN credentials; the relay has its place here.

The only package that may know aiortc, aioice, av and pylibsrtp. It knows no rooms and no people.
"""
