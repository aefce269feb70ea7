"""A copy of the data files to make mistakes in."""


def change(folder, name, old, new):
    """Change one place of a file; returns the line (from 1) that was changed."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, f"{name} holds no {old!r}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
