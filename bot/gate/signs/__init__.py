"""What must hold for warning signs and their look-alikes."""
