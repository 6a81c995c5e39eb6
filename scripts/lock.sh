#!/bin/sh
# Renew requirements/*.txt from pyproject.toml: newest versions, hashed, for every system, naming no host.
# uv resolves for Linux, macOS and Windows and for all our Pythons at once, which pip-compile cannot.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh venv
python3=.venv/bin/python
[ -x .venv/lock/bin/uv ] || {
    "$python3" -m venv .venv/lock
    .venv/lock/bin/python -m pip install --quiet --no-input --disable-pip-version-check 'uv==0.13.9'
}

compile() {
    out=$1
    shift
    .venv/lock/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
        --output-file "requirements/$out.txt" "$@" >/dev/null
}

compile dev pyproject.toml --group dev
compile run pyproject.toml --constraints requirements/dev.txt
compile build --group build --constraints requirements/dev.txt
