#!/bin/sh
# Write constraints.txt: the newest versions that fit pyproject.toml on every Python and system we support. Names and
# versions only, so that it holds for any package index.
set -eu
cd "$(dirname "$0")/.."
"${VENV:-.venv}/bin/python" -m pip --quiet install uv
"${VENV:-.venv}/bin/uv" pip compile pyproject.toml --all-extras --group dev --group peers --universal --python-version 3.11 --upgrade \
    --no-header --no-annotate --no-emit-index-url --quiet --output-file constraints.txt
echo "constraints.txt holds $(wc -l <constraints.txt) pins"
