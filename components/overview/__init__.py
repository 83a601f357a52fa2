"""What the page Overblik draws."""
