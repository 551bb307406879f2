"""Calculations and conditions of the network; pure."""
