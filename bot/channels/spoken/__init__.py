"""What all channels for voices share."""
