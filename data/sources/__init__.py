"""Readers of the files that partners send: tables and boundaries."""
