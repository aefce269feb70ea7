"""What is sent: a message with its reply, and the key that names the answer."""
