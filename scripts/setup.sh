#!/bin/sh
# Set up what make needs: scripts/setup.sh run | dev | venv | browser | pages | judges
# run and dev make .venv from the hashed locks; venv makes it empty, for scripts/lock.sh;
# browser sees to Chromium, which a few tests look through; pages to axe-core and the Nu HTML checker, which judge
# what it shows; judges to what the slow tests ask besides: Java for that checker, and SpamAssassin.
set -eu
cd "$(dirname "$0")/.."

stop() {
    echo "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11 or later is needed: install it (Debian 12 and later: apt-get install python3 python3-venv), or name one: PYTHON=python3.12 make"
}

make_venv() {
    if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; then
        return
    fi
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "This Python cannot make virtual environments: install the part Debian keeps apart (apt-get install python3-venv), then run make again."
    "$python" -m venv --clear .venv ||
        stop "The virtual environment .venv could not be made; the lines above say why."
}

pip_install() {
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check "$@" </dev/null
}

# $1: run or dev. The project itself comes last, built by the locked backend, without asking for anything more.
install() {
    case $1 in
        run) set -- -r requirements/run.txt -r requirements/build.txt ;;
        dev) set -- -r requirements/dev.txt ;;
    esac
    echo "Setting up .venv (once, and whenever the locks change) ..."
    make_venv
    pip_install --require-hashes "$@"
    pip_install --no-deps --no-build-isolation --editable .
    .venv/bin/python -m compileall -q bulletin # pip does this for what it copies, not for a clone
}

find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

browser() {
    if find_browser >/dev/null; then
        return
    fi
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        stop "A few tests look at pages in a browser: install Chromium (Debian: sudo apt-get install chromium), then run make again."
    fi
    echo "Installing Chromium, which a few tests look through ..."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } </dev/null >/dev/null ||
        stop "Chromium could not be installed: run apt-get install chromium, then make again."
}

pages() {
    lock=requirements/pages/package-lock.json
    installed=requirements/pages/node_modules/.package-lock.json
    if [ -e "$installed" ] && [ ! "$lock" -nt "$installed" ]; then
        return
    fi
    command -v npm >/dev/null ||
        stop "The tests judge pages with axe-core, which npm fetches: install Node.js (Debian: sudo apt-get install npm), then run make again."
    echo "Fetching what judges pages (once, and whenever $lock changes) ..."
    (cd requirements/pages && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) </dev/null >/dev/null ||
        stop "npm could not fetch what $lock names; the lines above say why."
    touch "$installed"
}

judges() {
    pages
    missing=
    command -v java >/dev/null || missing="$missing default-jre-headless"
    command -v spamassassin >/dev/null || missing="$missing spamassassin"
    if [ -z "$missing" ]; then
        return
    fi
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Some slow tests will be skipped, for want of$missing (Debian: sudo apt-get install$missing)." >&2
        return
    fi
    echo "Installing what the slow tests ask:$missing ..."
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # several words
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } </dev/null >/dev/null ||
        stop "apt-get could not install$missing."
}

case ${1-} in
    run | dev) install "$1" ;;
    venv) make_venv ;;
    browser | pages | judges) "$1" ;;
    *) stop "usage: scripts/setup.sh run | dev | venv | browser | pages | judges" ;;
esac
