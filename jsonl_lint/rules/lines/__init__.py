"""Bytes, lines and JSON. The gate is the decoder; a line that it refuses is diagnosed."""
