"""The numbers below which nothing is said: shared by the statistics and by the sentences that give the reason."""

FEWEST_ANSWERS = 30
"""Below this many answers, counted or effective, a share is not shown; above it, by its uncertainty."""
FEWEST_WAVES = 4
"""Comparable waves in a row that a trend takes: fewer make a line through almost anything."""
FEWEST_INCIDENTS = 5
"""A cell and its neighbours with fewer incidents than this are never a hotspot, however few were expected."""
NONE_UP_TO = 5
"""The count a year up to which the goal of none counts as met, unless the criterion says another."""
