"""Pages about who sees what and who looked: access to a file, emergency access, its review."""
