"""What each data file must look like."""
