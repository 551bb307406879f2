"""Pages of the case: list, referral, prison list, and the file with its sub-pages."""
