"""What all channels over HTTP share: who may ask, how often, and in what form."""
