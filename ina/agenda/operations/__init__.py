"""What people do with items (``items``, ``reminders``) and what the course of a case does with them (``course``)."""
