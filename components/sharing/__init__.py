"""Handing a view on: links, downloads, and the banner over a shared view."""
