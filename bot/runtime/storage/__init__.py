"""What conversations are kept with: calls with a deadline, the table of turns, the signs held."""
