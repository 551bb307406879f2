"""Figures without names, for those who read nothing else."""
