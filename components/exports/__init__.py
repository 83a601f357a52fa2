"""Maps to take along as files."""
