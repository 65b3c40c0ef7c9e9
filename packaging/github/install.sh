#!/usr/bin/env bash
# Puts kanwu on the path of the steps that follow: from the archive of a release, or built from the checkout of the action.
#
# KANWU_INSTALL     auto, release or source
# KANWU_REPOSITORY  owner/name of the action
# KANWU_REF         the version of the action; v1.2.3 has a release
# KANWU_SOURCE      the checkout of the action
# KANWU_RELEASES    where releases are, if not on the server that runs this
# RUNNER_TEMP, RUNNER_OS, RUNNER_ARCH, GITHUB_PATH and GITHUB_SERVER_URL are the runner's.
set -euo pipefail

install=${KANWU_INSTALL:-auto}
bin=$RUNNER_TEMP/kanwu/bin
mkdir -p "$bin"

target() {
  case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) echo x86_64-unknown-linux-gnu ;;
    Linux-ARM64) echo aarch64-unknown-linux-gnu ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

checksum() {
  if command -v sha256sum >/dev/null; then sha256sum --check --status "$1"; else shasum -a 256 --check --status "$1"; fi
}

# Called behind `if`, where a failing command does not end the script: each step says by itself that it failed.
from_release() {
  local name releases
  if [[ ! ${KANWU_REF:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]]; then
    echo "kanwu: '${KANWU_REF:-}' is no version, so there is no release of it"
    return 1
  fi
  if ! name=kanwu-$KANWU_REF-$(target).tar.gz; then
    echo "kanwu: no release for $RUNNER_OS on $RUNNER_ARCH"
    return 1
  fi
  releases=${KANWU_RELEASES:-$GITHUB_SERVER_URL/$KANWU_REPOSITORY/releases/download}
  for file in "$name" "$name.sha256"; do
    if ! curl --fail --silent --show-error --location --retry 2 \
      --output "$RUNNER_TEMP/kanwu/$file" "$releases/$KANWU_REF/$file"; then
      echo "kanwu: cannot get $releases/$KANWU_REF/$file"
      return 1
    fi
  done
  # A wrong archive is not made good by building from source.
  if ! (cd "$RUNNER_TEMP/kanwu" && checksum "$name.sha256"); then
    echo "::error::kanwu: $name is not what its checksum says"
    exit 1
  fi
  tar -xzf "$RUNNER_TEMP/kanwu/$name" -C "$bin" || return 1
}

from_source() {
  cargo install --locked --path "$KANWU_SOURCE" --root "$RUNNER_TEMP/kanwu" --target-dir "$RUNNER_TEMP/kanwu/target"
}

case "$install" in
  release) from_release ;;
  source) from_source ;;
  auto) if ! from_release; then from_source; fi ;;
  *)
    echo "::error::kanwu: install is auto, release or source, not '$install'"
    exit 1
    ;;
esac

"$bin/kanwu" --version
echo "$bin" >>"$GITHUB_PATH"
