#!/usr/bin/env bash
# Measures the program as its user meets it: whole commands, and the screen on a real pseudo-terminal.
# Needs Linux, cargo, python3 (standard library only) and the sqlite3 shell.
#
#   benches/measure.sh [MILESTONES] [OPEN_PERCENT]      (1000000 and 10 unless given)
#
# Prints a Markdown table; what it works on goes to a folder of its own and is deleted afterwards.
set -euo pipefail

cd "$(dirname "$0")/.."
milestones=${1:-1000000}
open=${2:-10}
folder=$(mktemp -d "${TMPDIR:-/tmp}/huikuan-measure.XXXXXX")
trap 'rm -rf "$folder"' EXIT

cargo build --release --quiet
program=${CARGO_TARGET_DIR:-target}/release/huikuan

# Neither the user's settings nor the user's ledger take part.
export HOME=$folder TMPDIR=$folder XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data TERM=xterm-256color
unset NO_COLOR HUIKUAN_DB || true

python3 -B benches/measure/main.py "$program" "$folder" "$milestones" "$open"
