"""What every module stands on: actor, clock, operation, events, errors, names, days. No tables."""
