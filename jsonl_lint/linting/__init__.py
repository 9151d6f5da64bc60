"""Linting: which rules run, the loop over lines, and what a run saw."""
