"""Makes Hypothesis repeatable and indifferent to how busy the machine is."""

from hypothesis import settings

settings.register_profile("statistics", deadline=None, derandomize=True)
settings.load_profile("statistics")
