"""The errors of evidence: what a file, a note or a proof can have wrong. Standard library only.

    EvidenceInvalid           never raised itself
    |- Malformed              not written as its specification says
    |- ProofInvalid           well written, but it does not prove what it should
    '- SignatureInvalid       a signature is wrong, or none of a trusted key is there

Every parser and verifier of evidence raises these and nothing else, whatever it is given. The words are for
auditors and operators.
"""


class EvidenceInvalid(Exception):
    """Root of what evidence can have wrong."""


class Malformed(EvidenceInvalid):
    """The bytes or lines break the format."""


class ProofInvalid(EvidenceInvalid):
    """The hashes do not lead to the root."""


class SignatureInvalid(EvidenceInvalid):
    """A known key's signature is wrong, or no known key signed."""
