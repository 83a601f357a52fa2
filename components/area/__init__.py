"""What the page Område draws."""
