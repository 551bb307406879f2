"""What all pages share: frame, middleware, forms, components, error pages. Areas share nothing else."""
