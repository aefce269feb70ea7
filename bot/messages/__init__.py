"""What leaves the house: a message with its reply, and the key that names the answer."""
