"""Change data: fixes as byte-span edits, files replaced whole or not at all, split, convert."""
