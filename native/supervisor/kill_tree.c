#include "supervisor/kill_tree.h"

#include "supervisor/process.h"
#include "supervisor/tree.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

enum { AT_FIRST_MS = 10, AT_LAST_MS = 1000 };

static int patience_ms;
static bool has_denied;

/*
 * Returns whether any process is left that will end, and sets `denied` to a pid that we may not kill, or to
 * 0. A killed process forks no more, so each look finds only what was forked during the last one.
 */
static bool kill_all(pid_t *denied) {
  struct tree tree = {0};
  size_t killed = 0;
  bool others = false;
  *denied = 0;
  do {
    for (; killed < tree.count; killed++) {
      pid_t pid = tree.pids[killed];
      if (tree_signal(&tree, pid, SIGKILL) == -EPERM)
        *denied = pid;
      else
        others |= !process_is_over(pid);
    }
    tree_look(&tree);
  } while (tree.count > killed);
  tree_free(&tree);
  return others;
}

int kill_tree_patience_ms(void) {
  return patience_ms;
}

pid_t kill_tree(void) {
  pid_t denied;
  bool others = kill_all(&denied);
  bool goes_on = others && patience_ms < AT_LAST_MS;
  int next = 2 * patience_ms;
  patience_ms = next == 0 ? AT_FIRST_MS : next > AT_LAST_MS ? AT_LAST_MS : next;
  if (goes_on || has_denied)
    return 0;
  has_denied = denied != 0;
  return denied;
}
