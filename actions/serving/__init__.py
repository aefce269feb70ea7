"""How actions are made and called, in the process of the assistant or apart from it."""
