"""Files as a whole: their kind, size and count of records; known once every byte was read."""
