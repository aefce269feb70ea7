"""Home Assistant's protocol for voices."""
