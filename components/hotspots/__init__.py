"""What the page of hotspots draws with; only audiences that see cells ever get here."""
