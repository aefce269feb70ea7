"""Every message in and out: screened, answered, completed."""
