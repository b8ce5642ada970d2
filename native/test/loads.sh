#!/bin/sh
# loads.sh FOLDER: which programs can load the libraries under FOLDER/META-INF/native, and where its supervisors run. A
# C program for each platform opens both libraries of its processor: the one for its C library, which must work, and
# the other, which must be refused. zig compiles it (native/zig); musl's own dynamic linker runs it.
#
# arm64 runs under qemu, if QEMU_LD_PREFIX has both C libraries: native/test/arm64-root FOLDER libc6 musl
set -u
native=$1/META-INF/native
here=$(cd "$(dirname "$0")" && pwd -P)
zig=$(echo "$here"/../zig/node_modules/@zigc/linux-*/bin/zig)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
chmod +x "$native"/*/heliograph-supervisor # a jar keeps no modes
status=0

# expect WHAT PATTERN COMMAND…
expect() {
  what=$1
  pattern=$2
  shift 2
  said=$("$@" 2>&1)
  if printf '%s\n' "$said" | grep -qE "$pattern"; then
    echo "ok      $what: $said"
  else
    echo "FAILED  $what: $said"
    status=1
  fi
}

for processor in x86_64 aarch64; do
  qemu=
  if [ $processor != "$(uname -m)" ]; then
    [ -e "${QEMU_LD_PREFIX:-/none}/lib/ld-musl-$processor.so.1" ] || continue
    qemu=qemu-$processor-static
  fi
  for libc in gnu musl; do
    host=$scratch/$processor-$libc
    version=
    [ $libc = musl ] || version=.2.17
    "$zig" cc -target $processor-linux-$libc$version -dynamic -O2 -std=gnu11 -I "$here/../include" -o "$host" "$here/dlopen_host.c" -ldl ||
      status=1
    for of in gnu musl; do
      wanted='^refused: '
      [ $of != $libc ] || wanted='^version .*, signal 10, of this process$'
      expect "$processor, a program of $libc opens the library of $of" "$wanted" \
        $qemu "$host" "$native/linux-$processor-$of/libheliograph.so"
    done
  done
  for of in gnu musl; do
    expect "$processor, the supervisor of $of runs here" '^[0-9.]+$' \
      $qemu "$native/linux-$processor-$of/heliograph-supervisor" --version
  done
done
exit $status
