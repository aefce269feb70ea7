"""Every message in and out: screened, asked, made whole."""
