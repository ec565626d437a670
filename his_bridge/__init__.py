"""The bridge to the hospital's isolated HIS: adapters, versioned sync, and the agent that dials out."""
