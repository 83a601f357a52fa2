"""Contracts, sources, store and releases: how files become figures that pages may show."""
