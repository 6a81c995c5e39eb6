#!/bin/sh
# Set up what make needs: scripts/setup.sh run | dev | venv | browser | office
# run and dev make .venv from the hashed locks; venv makes it empty, for scripts/lock.sh;
# browser sees to Chromium, which a few tests look through, office to LibreOffice and pdftotext, for one slow test.
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

office() {
    if command -v soffice >/dev/null && command -v pdftotext >/dev/null; then
        return
    fi
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        stop "A slow test opens Word documents: install LibreOffice Writer and poppler's tools (Debian: sudo apt-get install libreoffice-writer poppler-utils), then run make again."
    fi
    echo "Installing LibreOffice Writer, which a slow test opens Word documents with ..."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer poppler-utils fonts-liberation; } </dev/null >/dev/null ||
        stop "LibreOffice could not be installed: run apt-get install libreoffice-writer poppler-utils, then make again."
}

case ${1-} in
    run | dev) install "$1" ;;
    venv) make_venv ;;
    browser) browser ;;
    office) office ;;
    *) stop "usage: scripts/setup.sh run | dev | venv | browser | office" ;;
esac
