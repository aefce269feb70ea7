"""What a conversation holds: what was said, asked back, doubted and agreed to."""
