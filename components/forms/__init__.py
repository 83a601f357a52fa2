"""Forms that people fill in, their fields, and the history of what they saved."""
