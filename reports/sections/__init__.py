"""The sections documents are put together from, each reading a subject's release and minutes."""
