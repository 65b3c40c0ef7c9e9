#!/usr/bin/env bash
# Runs kanwu as a step: annotations on standard output, SARIF in a file, and the exit status of kanwu as its own.
#
# KANWU_PATHS                                 files and folders, one a line
# KANWU_PROFILE, KANWU_CONFIG, KANWU_FAIL_ON  flags, where they are set
# KANWU_ARGS                                  further flags, separated by spaces
# KANWU_SARIF                                 where the SARIF report goes
# GITHUB_OUTPUT is the runner's.
set -euo pipefail

flags=(--format github --output "sarif=$KANWU_SARIF")
[[ -z ${KANWU_PROFILE:-} ]] || flags+=(--profile "$KANWU_PROFILE")
[[ -z ${KANWU_CONFIG:-} ]] || flags+=(--config "$KANWU_CONFIG")
[[ -z ${KANWU_FAIL_ON:-} ]] || flags+=(--fail-on "$KANWU_FAIL_ON")
read -r -d '' -a further <<<"${KANWU_ARGS:-}" || true

paths=()
while IFS= read -r path; do
  path=${path%$'\r'}
  [[ -z $path ]] || paths+=("$path")
done <<<"${KANWU_PATHS:-.}"

# A report of an earlier run is not this one's.
rm -f "$KANWU_SARIF"
status=0
kanwu check "${flags[@]}" ${further[@]+"${further[@]}"} -- "${paths[@]}" || status=$?

echo "status=$status" >>"$GITHUB_OUTPUT"
if [[ -s $KANWU_SARIF ]]; then
  echo "sarif=$KANWU_SARIF" >>"$GITHUB_OUTPUT"
fi
exit "$status"
