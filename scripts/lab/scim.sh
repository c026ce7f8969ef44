#!/bin/bash
# A real SCIM 2.0 server that keeps its users in memory. See usage below.
set -euo pipefail

usage() {
    cat <<'END'
usage: scim.sh VERB ...

  install     scim2-server and gunicorn, at pinned versions, in a virtual environment of their own
  up [--port P] [--token T]
              starts the server on 127.0.0.1 and waits until it answers; without options a free port
              and a random token. A server that runs already is left alone, unless an option differs
  down        stops it; what it stored is gone
  status      one line; exit 0 running, 3 stopped
  env         prints the path of the KEY=VALUE file that describes the server

environment: ADPROV_SCIM       folder of the virtual environment, /var/tmp/adprov-scim
             ADPROV_SCIM_RUN   folder of this server, $ADPROV_SCIM/run; another folder is another server
             ADPROV_SCIM_LOG   'requests' to have 'up' write each request with its body to requests.jsonl there
END
}

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$HERE/common.sh"
. "$HERE/install.sh"

SCIM=${ADPROV_SCIM:-/var/tmp/adprov-scim}
RUN=${ADPROV_SCIM_RUN:-$SCIM/run}
check_folder "$SCIM"
check_folder "$RUN"
VENV=$SCIM/venv
STAMP=$SCIM/installed
ACCESS_LOG=$RUN/access.log
ERROR_LOG=$RUN/error.log
REQUEST_LOG=$RUN/requests.jsonl
PID_FILE=$RUN/gunicorn.pid
TOKEN_FILE=$RUN/token

# scim2-models by name: the server itself asks for no upper bound.
requirements=(
    'scim2-server[cursor]==0.8.3' scim2-models==0.12.3 gunicorn==27.0.1
    pydantic==2.14.3 cryptography==50.0.2
)

install() {
    take_lock "$SCIM"
    [[ ! -s $STAMP || $(<"$STAMP") != "${requirements[*]}" ]] || return 0
    install_packages python3-venv curl procps
    rm -rf "$VENV" "$STAMP"
    /usr/bin/python3 -m venv "$VENV"
    "$VENV/bin/pip" install --quiet --disable-pip-version-check "${requirements[@]}"
    echo "${requirements[*]}" >"$STAMP"
}

# Its pid, if it is ours: the number may be in other hands by now.
scim_pid() {
    local pid
    [[ -s $PID_FILE ]] || return 1
    pid=$(tr -cd 0-9 <"$PID_FILE")
    [[ -n $pid && /proc/$pid/cwd -ef $RUN ]] || return 1
    echo "$pid"
}

answers() {
    curl -fsS -o /dev/null --max-time 2 -H "@$RUN/authorization" "http://127.0.0.1:$1/v2/ServiceProviderConfig" 2>/dev/null
}

free_port() {
    /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

stop() {
    local pid deadline=$((SECONDS + 10))
    pid=$(scim_pid) || return 0
    kill "$pid"
    while [[ /proc/$pid/cwd -ef $RUN ]]; do
        ((SECONDS <= deadline)) || die "the server (pid $pid) does not stop"
        sleep 0.05
    done
}

write_env() {
    cat >"$RUN/env" <<END
SCIM_ENDPOINT=http://127.0.0.1:$1/v2
SCIM_TOKEN_FILE=$TOKEN_FILE
SCIM_ACCESS_LOG=$ACCESS_LOG
SCIM_REQUEST_LOG=$REQUEST_LOG
SCIM_PID_FILE=$PID_FILE
END
}

# One worker only: the store is the memory of the process.
serve() {
    local job deadline=$((SECONDS + 30))
    : >"$ACCESS_LOG"
    rm -f "$REQUEST_LOG"
    (
        cd "$RUN"
        export SCIM_TOKEN_FILE=$TOKEN_FILE PYTHONDONTWRITEBYTECODE=1
        [[ ${ADPROV_SCIM_LOG:-} != requests ]] || export SCIM_REQUEST_LOG=$REQUEST_LOG
        close_inherited
        exec setsid "$VENV/bin/gunicorn" --workers 1 --worker-class gthread --threads 8 --keep-alive 30 --graceful-timeout 3 \
            --bind "127.0.0.1:$1" --pid "$PID_FILE" --no-control-socket --pythonpath "$HERE" \
            --access-logfile "$ACCESS_LOG" --access-logformat '%(r)s %(s)s %(B)s %(M)sms' scim_app:app
    ) </dev/null >"$ERROR_LOG" 2>&1 &
    job=$!
    disown "$job"
    # The pid too, or another server on this port could be taken for ours.
    until scim_pid >/dev/null && answers "$1"; do
        if ! kill -0 "$job" 2>/dev/null || ((SECONDS > deadline)); then
            tail -n 20 "$ERROR_LOG" >&2
            die "the server on port $1 does not come up; its log is $ERROR_LOG"
        fi
        sleep 0.1
    done
    : >"$ACCESS_LOG" # without our own questions
}

up() {
    local port='' token=''
    while (($#)); do
        [[ -n ${2:-} ]] || die "$1 wants a value"
        case $1 in
            --port) port=$2 ;;
            --token) token=$2 ;;
            *) die "unknown option $1" ;;
        esac
        shift 2
    done
    [[ -z $port || $port =~ ^[1-9][0-9]{0,4}$ ]] || die "not a port: $port"
    [[ -s $STAMP ]] || die "not installed; first: scim.sh install"
    take_lock "$RUN"
    chmod 755 "$RUN"

    if scim_pid >/dev/null; then
        local running
        running=$(sed -n 's|^SCIM_ENDPOINT=.*:\([0-9]*\)/v2$|\1|p' "$RUN/env")
        if [[ ${port:-$running} == "$running" && ${token:-$(<"$TOKEN_FILE")} == "$(<"$TOKEN_FILE")" ]]; then
            say "already up: http://127.0.0.1:$running/v2"
            return
        fi
        stop
    fi
    port=${port:-$(free_port)}
    write_secret "$TOKEN_FILE" "${token:-$(new_password)}"
    # For curl -H @file: a token on a command line is everybody's to read.
    write_secret "$RUN/authorization" "Authorization: Bearer $(<"$TOKEN_FILE")"
    write_env "$port"
    serve "$port"
    say "up: http://127.0.0.1:$port/v2, described in $RUN/env"
}

down() { [[ -d $RUN ]] || return 0; take_lock "$RUN"; stop; }

status() {
    local pid
    pid=$(scim_pid) || { echo "stopped"; return 3; }
    echo "running: $(sed -n 's/^SCIM_ENDPOINT=//p' "$RUN/env"), pid $pid"
}

verb=${1:-help}
(($# == 0)) || shift
case $verb in
    install | up | down | status) "$verb" "$@" ;;
    env) [[ -s $RUN/env ]] || die "no server in $RUN"; echo "$RUN/env" ;;
    help | -h | --help) usage ;;
    *) usage >&2; exit 2 ;;
esac
