"""Reading: from a file or stream to lines, values and, where they are bad, the reason."""
