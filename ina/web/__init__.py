"""The HTML face: one area (package) per module of the domain, over the shell. Views translate, nothing else."""
