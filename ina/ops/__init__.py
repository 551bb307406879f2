"""Running the thing: set-up of the database, processes, periodic jobs, health, management commands.

Owns how an installation starts, stops and is looked after; knows nothing about the trade. What it shows or changes of
the domain it asks the modules below for, as every face does.
"""
