#!/bin/sh
# platforms.sh FOLDER: what the native files under FOLDER/META-INF/native need of a system, one line each. Fails where
# that is more than docs/platforms.md promises: a newer glibc, another library, a relocation in code.
set -u
native=$1/META-INF/native
status=0

wrong() {
  echo "$name: $1"
  status=1
}

is_one_of() {
  case " $2 " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# check PLATFORM MACHINE FILE LIBRARIES: the file may need these libraries alone.
check() {
  name=$1/$3
  file=$native/$name
  [ -f "$file" ] || { wrong "is missing"; return; }
  dynamic=$(readelf -dW "$file")
  readelf -hW "$file" | grep -q "Machine: *$2\$" || wrong "is not for $2"
  needed=$(printf '%s\n' "$dynamic" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  for library in $needed; do
    is_one_of "$library" "$4" || wrong "needs $library"
  done
  newest=$(readelf --version-info -W "$file" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1)
  if [ -n "$newest" ] && [ "$(printf '%s\nGLIBC_2.17\n' "$newest" | sort -V | tail -n 1)" != GLIBC_2.17 ]; then
    wrong "needs $newest"
  fi
  case $1 in
  *-gnu) [ -n "$newest" ] || wrong "has no version of glibc" ;;
  *) [ -z "$newest" ] || wrong "needs glibc" ;;
  esac
  ! printf '%s\n' "$dynamic" | grep -q TEXTREL || wrong "has relocations in its code"
  ! readelf -SW "$file" | grep -q '\.debug_info' || wrong "has debug information"
  readelf -SW "$file" | grep -q '\.symtab' || wrong "has no names of functions"
  case $3 in
  *.so)
    [ -n "$needed" ] || wrong "needs no C library"
    printf '%s\n' "$dynamic" | grep -q 'FLAGS_1.*NODELETE' || wrong "can be unmapped while a handler runs"
    ;;
  esac
  printf '%-44s %7d bytes  %-10s needs %s\n' "$name" "$(wc -c <"$file")" "${newest:--}" "$(echo ${needed:-nothing})"
}

for processor in x86_64 aarch64; do
  machine='Advanced Micro Devices X86-64'
  [ $processor = x86_64 ] || machine=AArch64
  for file in libheliograph.so heliograph-supervisor; do
    check linux-$processor-gnu "$machine" $file "libc.so.6 libpthread.so.0 libdl.so.2"
  done
  check linux-$processor-musl "$machine" libheliograph.so libc.so
  check linux-$processor-musl "$machine" heliograph-supervisor "" # static: it runs on any Linux
done
exit $status
