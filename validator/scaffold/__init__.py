"""New data sets, and new records in one, so that nobody has to begin with an empty file; nothing is overwritten."""
