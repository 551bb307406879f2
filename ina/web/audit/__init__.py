"""The trail for a check by the data protection officer."""
