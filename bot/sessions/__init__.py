"""The guided session: its plan, its steps, its state, and what it says."""
