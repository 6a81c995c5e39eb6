#!/bin/sh
# Set up what make needs: scripts/setup.sh run | dev | venv | part NAME ...
# run and dev make .venv from the hashed locks; venv makes it empty, for scripts/lock.sh;
# part sees to programs of the system that some tests run, such as the browser; the table is below.
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

# A part is a program of the system that some tests run: NAME, what tells that it is here, Debian's packages.
parts() {
    cat <<'END'
browser   chromium|chromium-browser|google-chrome   chromium fonts-dejavu-core
postfix   postfix                                   postfix
sasl      saslpasswd2                               sasl2-bin libsasl2-modules
END
}

has_one_of() {
    for program in $(echo "$1" | tr '|' ' '); do
        PATH=$PATH:/usr/sbin:/usr/local/sbin command -v "$program" >/dev/null && return
    done
    return 1
}

# $1: a command to run as root
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# $1: the name of a part
part() {
    line=$(parts | grep "^$1 ") || stop "There is no part called $1: $(parts | cut -d ' ' -f 1 | paste -s -d ' ' -)"
    # shellcheck disable=SC2086  # its words are what is wanted
    set -- $line
    name=$1 programs=$2
    shift 2
    if has_one_of "$programs"; then
        return
    fi
    how="install it (Debian: sudo apt-get install $*), then run make again."
    if ! command -v apt-get >/dev/null || ! as_root true 2>/dev/null; then
        stop "Some tests need $name, which is not here: $how"
    fi
    echo "Installing $name, which some tests need ..."
    { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } </dev/null >/dev/null ||
        stop "Some tests need $name, which could not be installed; the lines above say why. Please $how"
    has_one_of "$programs" || stop "$name was installed, and its program is not there: $programs"
}

case ${1-} in
    run | dev) install "$1" ;;
    venv) make_venv ;;
    part)
        shift
        for name in "$@"; do part "$name"; done
        ;;
    *) stop "usage: scripts/setup.sh run | dev | venv | part NAME ..." ;;
esac
