"""What messages say, as far as it can be wrong. The gate is the target's JSON Schema."""
