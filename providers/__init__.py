"""Outbound adapters behind small ports, each alone: mail today. Never called inside a transaction."""
