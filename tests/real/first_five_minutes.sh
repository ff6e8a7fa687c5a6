#!/usr/bin/env bash
# A new user's first five minutes, in the checkout it lies in: build, one SQL answer, one search, the report in Chromium.
# Prints how long each took; ends with 1 at the first that does not give what a user would expect.
# Without Chromium on the PATH its step is left out, and said to be; with CI set that is a failure.
set -euo pipefail

checkout=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
begun=$(date +%s)

# try NAME WORDS COMMAND...: what the command says has to hold the words.
try() {
  local name=$1 words=$2 start said
  shift 2
  start=$(date +%s)
  if ! said=$("$@" 2>"$profile/errors") || [[ $said != *"$words"* ]]; then
    printf '%s: expected %s, got:\n%s\n' "$name" "$words" "$said" >&2
    cat "$profile/errors" >&2
    exit 1
  fi
  printf '%-7s %4d s  %s\n' "$name" $(($(date +%s) - start)) "$words"
}

# As root Chromium needs --no-sandbox; it must neither find nor leave anything outside of its scratch profile.
open_in_chromium() {
  HOME=$profile timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$profile/chromium" \
    --virtual-time-budget=5000 --dump-dom "file://$1"
}

try build 'Published as snapshot 1.' "$checkout/lake" run
try sql '36.4亿元' "$checkout/lake" sql --csv \
  "SELECT printed FROM figure_timeline WHERE subject = '云岭区' AND measure_key = '完成投资' AND group_count = 42"
try search '蓝莓熟了' "$checkout/lake" search 山村 --limit 1
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -n "$chromium" ]; then
  try report '澄溪日报' open_in_chromium "$checkout/warehouse/lake/report/index.html"
elif [ -n "${CI:-}" ]; then
  echo 'report: CI needs Chromium on the PATH' >&2
  exit 1
else
  echo 'report  left out: no Chromium on the PATH'
fi
printf '%-7s %4d s\n' all $(($(date +%s) - begun))
