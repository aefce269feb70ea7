"""The ways on which a due reminder leaves."""
