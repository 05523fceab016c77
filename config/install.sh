# Sourced by ./run and ./test from the project's folder: makes .venv from hashed pins and leaves
# it alone while nothing has changed. Usage: install requirements.txt [requirements-dev.txt]

say() { printf '%s\n' "$*" >&2; }

fail() {
    say ""
    for line; do say "  $line"; done
    say ""
    exit 1
}

# Print a Python 3.11 that can make virtual environments, installing what Debian leaves out.
find_python() {
    for candidate in "${PYTHON:-}" python3.11 python3 /usr/bin/python3.11; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            found=$candidate
            "$candidate" -c 'import ensurepip, venv' 2>/dev/null && { echo "$candidate"; return; }
        fi
    done
    if [ -z "${asked_apt:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        asked_apt=1
        say "    đang cài python3-venv của hệ điều hành"
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends \
            python3 python3-venv ca-certificates; } >/dev/null 2>&1 || true
        find_python
        return
    fi
    if [ -n "${found:-}" ]; then
        fail "Máy này thiếu gói python3-venv. Xin cài rồi chạy lại:" \
             "    sudo apt-get install python3-venv" \
             "(Python 3.11 is here, but its venv module is not: install python3-venv.)"
    fi
    fail "Cần Python 3.11. Trên Debian 12: sudo apt-get install python3 python3-venv" \
         "Nếu đã có ở chỗ khác: PYTHON=/đường/dẫn/python3.11 ./run" \
         "(Python 3.11 is needed; set PYTHON to point at it.)"
}

sum_of() {
    { pwd; cat "$@"; } | cksum
}

quietly() {
    log=.venv/install.log
    "$@" >"$log" 2>&1 && return
    tail -n 30 "$log" >&2
    fail "Chưa cài được thư viện. Xin kiểm tra mạng rồi chạy lại; nhật ký: $log" \
         "(The libraries could not be installed; see the log.)"
}

install() {
    [ -w . ] || fail "Thư mục này chỉ đọc với người dùng $(id -un). Xin chép sang chỗ khác." \
                     "(This folder cannot be written to by you.)"
    for kept in .venv var; do
        [ ! -e "$kept" ] || [ -w "$kept" ] ||
            fail "Thư mục $kept do người dùng khác tạo. Xin chạy bằng người dùng đó, hoặc xóa nó." \
                 "($kept belongs to another user: run as that user, or remove it.)"
    done
    mkdir -p var
    exec 9>var/install.lock
    if command -v flock >/dev/null; then flock 9; fi
    wanted=$(sum_of "$@")
    if grep -qxF "$wanted" .venv/installed 2>/dev/null; then
        exec 9>&-
        return 0
    fi
    started=$(date +%s)
    printf '%s … ' "${step:-}Thư viện (lần đầu khoảng nửa phút)"
    rm -f .venv/installed
    python=$(find_python)
    # A folder that was moved or copied has scripts that point elsewhere.
    if [ "$(cat .venv/place 2>/dev/null)" != "$(pwd)" ] || ! .venv/bin/python -m pip -V >/dev/null 2>&1
    then
        "$python" -m venv --clear .venv
        pwd >.venv/place
    fi
    inside=.venv/bin/python
    pinned=
    for file; do pinned="$pinned -r $file"; done
    # shellcheck disable=SC2086 # the names of our own files
    { $inside -m pip install -q --require-hashes -r requirements-uv.txt &&
        .venv/bin/uv pip install --python $inside --require-hashes $pinned; } >/dev/null 2>&1 ||
        quietly $inside -m pip install --require-hashes $pinned # slower, the same result
    $inside -c 'import pathlib, sysconfig
site = pathlib.Path(sysconfig.get_path("purelib"))
(site / "sauro.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
    cat >.venv/bin/sauro <<'SCRIPT'
#!/bin/sh
exec "$(dirname -- "$0")/python" -P -m config.cli "$@"
SCRIPT
    chmod +x .venv/bin/sauro
    { sum_of "$1"; sum_of "$@"; } >.venv/installed
    exec 9>&-
    echo "$(($(date +%s) - started)) giây"
}
