"""The shipped data: official figures as published, and example figures where nothing is public."""
