#include "forcing.h"

#include "tell.h"

#include <stdbool.h>
#include <sys/types.h>

enum { AT_FIRST_MS = 10, AT_LAST_MS = 1000 };

static int patience_ms;
static bool denial_is_told;

int forcing_patience_ms(void) {
  return patience_ms;
}

void forcing_kill(void (*denied)(int pid)) {
  pid_t pid;
  bool others = kill_tree(&pid);
  bool goes_on = others && patience_ms < AT_LAST_MS;
  if (pid != 0 && !goes_on && !denial_is_told) {
    denied(pid);
    denial_is_told = true;
  }
  int next = 2 * patience_ms;
  patience_ms = next == 0 ? AT_FIRST_MS : next > AT_LAST_MS ? AT_LAST_MS : next;
}
