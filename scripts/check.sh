#!/bin/sh
# Everything that must pass before a change lands, in the order in which a fault is quickest to find. Ends with
# pytest's own closing line.
set -eu
cd "$(dirname "$0")/.."
bin=${VENV:-.venv}/bin

step() { printf '\n== %s\n' "$1"; }

find src -name '*.nb[ic]' -delete # a compiled kernel must not outlive a change elsewhere
step "format";    "$bin/ruff" format --check .
step "lint";      "$bin/ruff" check .
step "types";     "$bin/mypy"
step "contracts"; "$bin/lint-imports" --no-logo
step "docs";      "$bin/zensical" build --clean --strict
step "tests";     "$bin/pytest" --cov --cov-report=term:skip-covered
