"""Makes the files that we ship: example rows and generalised outlines. Nothing here runs in the app."""
