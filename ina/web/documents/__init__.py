"""Pages about documents: the list of a file, one document, a letter, what waits to leave the house."""
