# What the other scripts share: where tools live, how to speak, how to install. Sourced, never run.
# shellcheck shell=bash

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/thuocdo"
WASM=wasm32-unknown-unknown

# Where .ci/tools puts a Node.js when the system's is too old; no such folder does no harm.
NODE_VERSION=22.23.3
PATH="$CACHE/node-$NODE_VERSION/bin:$PATH"

# Where .ci/tools puts DuckDB, for `make bench`.
DUCKDB="$CACHE/duckdb"

say() { printf '▸ %s\n' "$*"; }

# tell VIETNAMESE ENGLISH: one sentence a person can act on, in both languages; fail also ends the script.
tell() { printf '✗ %s\n  %s\n' "$1" "$2" >&2; }
fail() {
  tell "$@"
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs packages of Debian or Ubuntu.
apt_install() {
  if ! has apt-get || ! { [ "$(id -u)" = 0 ] || has sudo; }; then
    fail "Hãy cài $* (máy này không có apt-get hoặc không có quyền quản trị)." \
      "Please install $* (this machine has no apt-get, or no right to use it)."
  fi
  say "apt-get install $* (up to 2 min)"
  local log
  log=$(mktemp)
  as_root apt-get update -qq >/dev/null 2>&1 || true # an old list may do
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >"$log" 2>&1 || {
    tail -5 "$log" >&2
    fail "Không cài được $*." "Could not install $*."
  }
  rm "$log"
}

# The CLI and the crate must be the same version, so it is written in Cargo.toml only.
bindgen_version() { sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml; }
bindgen_home() { echo "$CACHE/wasm-bindgen-$(bindgen_version)"; }

# The std for the browser: rustup's beside its compiler, or a sysroot for exactly Debian's compiler.
holds_std() { compgen -G "$1/lib/rustlib/$WASM/lib/libstd-*.rlib" >/dev/null; }
rustup_has_std() { holds_std "$(rustc --print sysroot)"; }
debian_sysroot() { echo "$CACHE/wasm-std-$(dpkg-query -W -f '${Version}' rustc-web 2>/dev/null)"; }
debian_has_std() { [ -x /usr/bin/rustc ] && holds_std "$(debian_sysroot)"; }

# with_debian_rust COMMAND...: Debian's compiler comes before rustup's.
with_debian_rust() { PATH="/usr/bin:$PATH" "$@"; }

# with_client_rust COMMAND...: a compiler that can build for the browser comes first.
with_client_rust() {
  if rustup_has_std; then
    "$@"
  else
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot $(debian_sysroot)" with_debian_rust "$@"
  fi
}
