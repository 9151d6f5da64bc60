"""The shape of a record. The gate is the target's JSON Schema, which reports these rules too."""
