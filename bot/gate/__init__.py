"""The gate: what must hold for all data together before it may be used."""
