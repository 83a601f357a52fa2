"""What the page Indsatser draws: initiatives, their criteria, log, walks and gaps."""
