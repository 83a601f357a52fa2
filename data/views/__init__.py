"""What a reader has chosen to see of a release, and the rows, classes and news that follow from it."""
