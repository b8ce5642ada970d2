#!/bin/sh
# handler_symbols.sh NM ALLOWED LIBC OBJECT…: fails where an object that runs in a signal handler refers to a symbol that
# is neither defined in one of the objects nor allowed. LIBC is gnu or musl.
set -eu
nm=$1
allowed=$2
libc=$3
shift 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
{
  # musl allocates thread-local variables when a library is loaded or a thread begins, and not at the first touch.
  [ "$libc" = gnu ] || echo __tls_get_addr
  sed 's/#.*//' "$allowed" | tr -s '[:blank:]' '\n' | grep .
  "$nm" --defined-only --format=posix "$@" | awk 'NF > 2 { print $1 }'
} | sort -u >"$scratch/known"
"$nm" --undefined-only --format=posix "$@" | awk 'NF > 1 { print $1 }' | sort -u >"$scratch/wanted"
[ -s "$scratch/wanted" ] || {
  echo "$nm shows no symbol of: $*"
  exit 1
}
comm -23 "$scratch/wanted" "$scratch/known" >"$scratch/others"
if [ -s "$scratch/others" ]; then
  echo "Not known to be async-signal-safe (signal-safety(7)):"
  cat "$scratch/others"
  exit 1
fi
