"""Reading the audit trail, regulator reports, retention and access transparency."""
