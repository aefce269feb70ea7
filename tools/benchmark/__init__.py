"""How the pipeline does on public intent sets that lie in a folder outside the project."""
