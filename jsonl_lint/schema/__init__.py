"""Schemas: find and compile them, and turn their faults into problems."""
