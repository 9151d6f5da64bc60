"""Measure data: facts in one pass, tokens, and the plan of a training run."""
