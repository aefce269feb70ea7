"""The channels people come in by. Each turns a Reply into what it can show or say."""
