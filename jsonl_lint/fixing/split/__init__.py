"""Split: one dataset into several files, at line ends, every byte kept and in its order."""
