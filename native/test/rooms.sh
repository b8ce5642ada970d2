#!/bin/sh
# rooms.sh NATIVE: fails where a room includes a file of a room that is not beneath it (CMakeLists.txt there).
set -u
cd "$1" || exit 1
status=0

# room FOLDER BENEATH…
room() {
  folder=$1
  allowed=$(printf '%s|' "$@")
  includes=$(grep -rhoE '^#include "[a-z_]+/' "$folder" --include='*.[ch]' | sort -u)
  [ -n "$includes" ] || { echo "no include in $folder"; status=1; }
  others=$(printf '%s\n' "$includes" | grep -vE "\"(${allowed%|})/\$")
  [ -z "$others" ] || { echo "$folder includes a room that is not beneath it:"; echo "$others"; status=1; }
}

room signal
room deadline signal
room raise
room jvm raise deadline signal supervisor # the supervisor's protocol.h alone
room supervisor deadline # its running_time.h alone: the supervisor links nothing of the library
jvm=$(grep -rhoE '^#include "supervisor/[a-z_.]+"' jvm | grep -v '"supervisor/protocol.h"')
[ -z "$jvm" ] || { echo "jvm includes more than the supervisor's protocol: $jvm"; status=1; }
supervisor=$(grep -rhoE '^#include "deadline/[a-z_.]+"' supervisor | grep -v '"deadline/running_time.h"')
[ -z "$supervisor" ] || { echo "supervisor includes more of deadline than running_time.h: $supervisor"; status=1; }
exit $status
