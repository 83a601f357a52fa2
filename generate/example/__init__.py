"""Makes the rows of data/example: official ones from published figures, invented ones from a seed."""
