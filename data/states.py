"""The states of a figure in a release; hidden, missing and waiting ones have no number to show."""

SHOWN_STATES = ("published", "provisional")
"""The number is there to be read: final, or still open to change by its source."""
