"""What the page Udvikling draws."""
