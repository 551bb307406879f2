"""One file per indicator: its definition in words and what it counts. ``order``: in which order they are reported."""
