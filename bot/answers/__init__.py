"""What is said: answers built from the facts, their forms and their cards."""
