#!/bin/sh
# Make .venv/ and install foedus there: `environment.sh runtime` what foedus needs to run, `environment.sh dev`
# what its tests and checks need as well. Says what is missing, and leaves no half-made environment behind.
set -eu
kind=${1:?usage: environment.sh runtime|dev}
cd "$(dirname "$0")/.."
venv=.venv

fail() {
    printf 'foedus: %s\n' "$@" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    python=$(find_python) || fail "no Python 3.11 or newer was found." \
        "Install one (Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3.12 ..."
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || fail "$python cannot make virtual environments." \
        "Install that part of it (Debian: apt install python3-venv), then run make again."
    echo "foedus: making $venv with $("$python" --version)"
    rm -rf "$venv"
    "$python" -m venv "$venv" || { rm -rf "$venv"; fail "$python could not make $venv; its message is above."; }
fi

pip() {
    "$venv/bin/python" -m pip --quiet "$@" || fail "installing failed; pip's message is above." \
        "It needs a package index (the network, or one set in pip's configuration) and about 1 GB of disk. Run make again to go on."
}

echo "foedus: installing what $kind needs into $venv (about a minute the first time)"
pip install --upgrade 'pip>=25.1' # older ones know no dependency groups
case $kind in
runtime) pip install --editable . --constraint constraints.txt ;;
dev) pip install --editable . --group dev --constraint constraints.txt ;;
*) fail "environment.sh takes runtime or dev, not $kind." ;;
esac
touch "$venv/.runtime"
[ "$kind" = runtime ] || touch "$venv/.dev"
