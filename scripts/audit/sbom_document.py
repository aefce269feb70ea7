"""Writes a list of components, given as JSON, in the form CycloneDX; sbom.py runs it."""

import json
import sys
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

MAKE_LICENCE = LicenseFactory().make_from_string


def component(given):
    """A package."""
    group, _, name = given["name"].rpartition("/")
    url = PackageURL(given["kind"], group or None, name, given["version"])
    return Component(
        name=name, group=group or None, version=given["version"], type=ComponentType.LIBRARY,
        purl=url, bom_ref=str(url),
        licenses=[MAKE_LICENCE(given["licence"])] if given.get("licence") else [],
        properties=[
            *(Property(name="acupoint:pinned-in", value=lock) for lock in given["locks"]),
            *(Property(name="acupoint:sha256", value=each) for each in given["hashes"]),
        ],
    )  # fmt: skip


def weights(given):
    """A file of learnt numbers."""
    told = {name: given.get(name) for name in ("does", "package", "file", "made_by", "checked",
                                               "without")}  # fmt: skip
    hashes = (
        [HashType(alg=HashAlgorithm.SHA_256, content=given["sha256"])] if "sha256" in given else []
    )
    return Component(
        name=given["name"], type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref="weights:" + given["name"], hashes=hashes,
        licenses=[MAKE_LICENCE(given["licence"])],
        properties=[Property(name="acupoint:" + n, value=v) for n, v in told.items() if v],
    )  # fmt: skip


def main(path):
    """Read the list from standard input, and write it to `path`."""
    given = json.load(sys.stdin)
    bom = Bom(components=[*map(component, given["components"]), *map(weights, given["weights"])])
    bom.metadata.component = root = Component(
        name="acupoint", version=given["version"], type=ComponentType.APPLICATION,
        bom_ref="acupoint", licenses=[MAKE_LICENCE("Apache-2.0")],
    )  # fmt: skip
    bom.register_dependency(root, bom.components)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    Path(path).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
