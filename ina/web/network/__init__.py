"""The network without a person: what partners offer, found by need, place and phase, and its upkeep."""
