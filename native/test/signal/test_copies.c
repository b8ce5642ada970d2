/* Two copies of the library in one process, as two class loaders have them. */
#include "test/signal/run_time.h"
#include "test/support.h"
#include "test/test.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* The functions of the second copy; the first is linked. */
static struct {
  int (*open)(size_t);
  int (*observe)(int);
  int (*catch)(int);
  int (*restore)(int);
  int (*ledger)(int, struct heliograph_counts *);
  uint64_t (*displaced)(void);
  int64_t (*of_register)(heliograph_registrar, int, int64_t);
} second;

static void *symbol(void *library, const char *name) {
  void *found = dlsym(library, name);
  CHECK(found != NULL);
  return found;
}

/* From a file that is gone once it is loaded, as the jar's own is. */
static void load_second(void) {
  Dl_info first;
  struct stat size;
  char path[] = "/tmp/heliograph-test-XXXXXX";
  CHECK(dladdr((void *)heliograph_open, &first) != 0);
  int from = open(first.dli_fname, O_RDONLY | O_CLOEXEC);
  int to = mkostemp(path, O_CLOEXEC);
  CHECK(from >= 0 && to >= 0);
  CHECK_EQ(fstat(from, &size), 0);
  CHECK_EQ(sendfile(to, from, NULL, (size_t)size.st_size), size.st_size);
  close(from);
  close(to);
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  CHECK_EQ(unlink(path), 0);
  CHECK(library != NULL);
  second.open = (int (*)(size_t))symbol(library, "heliograph_open");
  second.observe = (int (*)(int))symbol(library, "heliograph_observe");
  second.catch = (int (*)(int))symbol(library, "heliograph_catch");
  second.restore = (int (*)(int))symbol(library, "heliograph_restore");
  second.ledger = (int (*)(int, struct heliograph_counts *))symbol(library, "heliograph_ledger");
  second.displaced = (uint64_t(*)(void))symbol(library, "heliograph_displaced");
  second.of_register = (int64_t(*)(heliograph_registrar, int, int64_t))symbol(library, "heliograph_register");
  CHECK(second.open != heliograph_open);
  CHECK_OK(second.open(0));
  CHECK_OK(heliograph_open(0));
}

/* What a raise does: arrivals that each copy took, and calls of the run-time's handlers. */
static void check_raise(uint64_t by_first, uint64_t by_second, int own, int other) {
  struct heliograph_counts before;
  struct heliograph_counts after;
  uint64_t first_before = ledger_of(SIGUSR1).arrived;
  CHECK_OK(second.ledger(SIGUSR1, &before));
  own_calls = other_calls = 0;
  CHECK_EQ(raise(SIGUSR1), 0);
  CHECK_OK(second.ledger(SIGUSR1, &after));
  CHECK_EQ(ledger_of(SIGUSR1).arrived - first_before, by_first);
  CHECK_EQ(after.arrived - before.arrived, by_second);
  CHECK_EQ(own_calls, own);
  CHECK_EQ(other_calls, other);
}

static void check_both_see(int64_t (*ask)(heliograph_registrar, int, int64_t)) {
  for (int round = 0; round < 3; round++) {
    CHECK_EQ(ask(run_time_register, SIGUSR1, OTHER), OWN);
    check_raise(1, 1, 0, 1);
    CHECK_EQ(ask(run_time_register, SIGUSR1, OWN), OTHER);
    check_raise(1, 1, 1, 0);
  }
}

CASE_NOT_UNDER_SANITIZERS(whichever_is_asked_both_stay_above) {
  load_second();
  run_time_register(SIGUSR1, (void *)OWN);
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_OK(second.observe(SIGUSR1));
  check_both_see(heliograph_register);
  check_both_see(second.of_register);
  CHECK_OK(second.restore(SIGUSR1));
  check_raise(1, 0, 1, 0);
  CHECK_OK(heliograph_restore(SIGUSR1));
  struct sigaction actual = action_of(SIGUSR1);
  struct sigaction expected = run_time_action((void *)OWN);
  check_same_action(&actual, &expected);
}

CASE_NOT_UNDER_SANITIZERS(one_that_has_nothing_leaves_it_to_the_one_that_has) {
  load_second();
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_EQ(second.of_register(run_time_register, SIGUSR1, OWN), DEFAULT);
  check_raise(1, 0, 1, 0);
  CHECK_OK(second.catch(SIGUSR1));
  check_raise(0, 1, 0, 0);
  CHECK_EQ(heliograph_register(run_time_register, SIGUSR1, OTHER), OWN);
  check_raise(0, 1, 0, 0);
  CHECK_OK(heliograph_restore(SIGUSR1));
  CHECK_EQ(second.of_register(run_time_register, SIGUSR1, OWN), OTHER);
  CHECK_OK(second.restore(SIGUSR1));
  check_raise(0, 0, 1, 0); /* the first's handler is there still, and passes on */
}

CASE_NOT_UNDER_SANITIZERS(one_above_the_other_is_nobody_else) {
  load_second();
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_OK(second.observe(SIGUSR1));
  CHECK_EQ(heliograph_displaced(), 0);
  CHECK_EQ(second.displaced(), 0);
  set_handler(SIGUSR1, other_handler);
  CHECK_EQ(heliograph_displaced(), UINT64_C(1) << (SIGUSR1 - 1));
  CHECK_EQ(second.displaced(), UINT64_C(1) << (SIGUSR1 - 1));
}
