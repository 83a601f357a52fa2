"""From loads to a release: building it, previewing it, and carrying it elsewhere."""
