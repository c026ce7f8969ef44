# Sourced: a daemon that runs from a folder of its own against the lab, whose env file has been read.

# FOLDER: writes its settings.
write_settings() {
  mkdir -p "$1/configurations.d"
  chmod 700 "$1"
  cat >"$1/adprovd.toml" <<END
configurations-folder = "configurations.d"
state-folder = "state"

[[domain]]
name = "$LAB_DOMAIN"
controllers = ["$LAB_ADDRESS"]
security = "ldaps"
ca-file = "$LAB_CA_FILE"

[domain.authentication]
method = "password"
user = "$LAB_SERVICE_USER"
password = { file = "$LAB_SERVICE_PASSWORD_FILE" }

[control]
socket = "control.sock"
own-user = "operator"
END
}

# BIN FOLDER: starts the daemon in the background, sets daemon to its pid and returns when it answers.
start_daemon() {
  "$1/adprovd" --config "$2/adprovd.toml" 2>>"$2/adprovd.log" &
  daemon=$!
  echo "$daemon" >"$2/adprovd.pid"
  for _ in $(seq 100); do
    "$1/adprovctl" status >/dev/null 2>&1 && return
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.1
  done
  cat "$2/adprovd.log"
  exit 1
}
