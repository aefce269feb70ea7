"""Everything that keeps something of persons, each place behind one interface."""
