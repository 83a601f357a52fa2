"""Each picture once: rows of a release in, a drawing out, and renderers that set it on screen, paper and slides."""
