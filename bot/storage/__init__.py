"""Where what people tell is kept: files in the state folder, or one database that several use."""
