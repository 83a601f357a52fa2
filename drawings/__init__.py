"""How pictures look, on the screen and on paper alike."""
