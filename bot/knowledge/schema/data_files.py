"""Reading the facts: YAML files that people who do not program may edit.

A wrong file is refused with a message that names the file, the line and what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.text.json_types import JsonObject

DATA_DIR = Path(__file__).resolve().parents[3] / "data"

Path_ = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound="Facts")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Facts(BaseModel):
    """Base of every typed record: unknown keys are refused, records never change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=True
    )


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a data file, in words for the person who edits it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.remedy}"


class DataError(Exception):
    """Raised when data files are wrong. `problems` holds every mistake, not just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class _UniqueKeyLoader(_Loader):  # type: ignore[misc, valid-type]
    """A safe loader that refuses a key written twice, which YAML would silently drop."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' is written twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class DataFile:
    """A parsed YAML file that can say on which line each value stands."""

    path: Path
    content: Any
    root: yaml.Node | None

    @property
    def name(self) -> str:
        """The file's name as the editor knows it, e.g. `data/points.yml`."""
        return f"{self.path.parent.name}/{self.path.name}"

    def line_of(self, path: Path_) -> int:
        """The line (from 1) of the deepest part of `path` that exists in the file."""
        node, line = self.root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                match = next(((k, v) for k, v in node.value if k.value == str(step)), None)
                if match is None:
                    return line
                line, node = match[0].start_mark.line + 1, match[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                if step >= len(node.value):
                    return line
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                return line
        return line

    def problem(self, path: Path_, what: str, remedy: str) -> Problem:
        """A `Problem` at the place `path` of this file."""
        return Problem(self.name, self.line_of(path), what, remedy)


def _parse(text: str) -> tuple[yaml.Node | None, Any]:
    """The tree with its lines, and the values in it."""
    loader = _UniqueKeyLoader(text)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def read_data_file(path: Path) -> DataFile:
    """Parse `path` as YAML.

    Raises:
        DataError: the file is missing, or is not YAML.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError([Problem(name, 1, "The file is missing.", "Put it back.")]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(
            [Problem(name, line, "A character is not UTF-8.", "Save the file as UTF-8.")]
        ) from None
    try:
        root, content = _parse(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"This is not valid YAML ({error.problem or 'cannot be read'})."
        remedy = "Check indentation, quotes around text with ': ', and '- ' before list entries."
        raise DataError([Problem(name, line, what, remedy)]) from None
    return DataFile(path, content, root)


_REMEDIES = {
    "missing": ("'{field}' is missing.", "Add a line '{field}: ...'."),
    "extra_forbidden": (
        "'{field}' is not a known entry here.",
        "Check the spelling, or remove the line.",
    ),
}


def _explain(error: JsonObject) -> tuple[str, str]:
    field = str(error["loc"][-1])
    if error["type"].endswith("_type") and error["input"] is None:
        return f"'{field}' is empty.", f"Write a value after '{field}:'."
    if error["type"] in _REMEDIES:
        what, remedy = _REMEDIES[error["type"]]
        return what.format(field=field), remedy.format(field=field)
    if error["type"] == "enum":
        allowed = str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        return f"'{field}' has a value that is not allowed.", f"Write one of: {allowed}."
    if error["type"].endswith(("_type", "_parsing")):
        return f"'{field}' has the wrong kind of value.", f"It should be: {error['msg']}."
    what, _, remedy = str(error["msg"]).removeprefix("Value error, ").partition(" | ")
    return f"'{field}': {what}.", f"{remedy or 'Correct the value'}."


def load_facts(path: Path, model: type[ModelT]) -> tuple[ModelT, DataFile]:
    """Read `path` and check it against `model`.

    Returns the typed facts, and the file for further checks that need line numbers.
    Raises `DataError` with every mistake found.
    """
    source = read_data_file(path)
    if not isinstance(source.content, dict):
        raise DataError([source.problem((), "The file is empty.", "Restore its content.")])
    try:
        return model.model_validate(source.content), source
    except ValidationError as error:
        problems = []
        for found in error.errors():
            what, remedy = _explain(dict(found))
            problems.append(source.problem(found["loc"], what, remedy))
        raise DataError(problems) from None
