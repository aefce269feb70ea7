"""The phone, through Twilio's requests."""
