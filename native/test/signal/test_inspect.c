/* What is said of the dispositions as they are. */
#include "test/support.h"
#include "test/test.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/mman.h>

static struct heliograph_disposition of(int signal) {
  struct heliograph_disposition disposition;
  memset(&disposition, 0x5a, sizeof disposition);
  CHECK_EQ(heliograph_get_disposition(signal, &disposition), 0);
  return disposition;
}

static void check(int signal, int kind, int ours) {
  struct heliograph_disposition disposition = of(signal);
  CHECK_EQ(disposition.kind, kind);
  CHECK_EQ(disposition.ours, ours);
  if (kind != HELIOGRAPH_KIND_CAUGHT)
    CHECK_TEXT(disposition.library, "");
}

static void check_library(int signal, const char *name) {
  struct heliograph_disposition disposition = of(signal);
  const char *slash = strrchr(disposition.library, '/');
  CHECK(slash != NULL);
  CHECK(strncmp(slash + 1, name, strlen(name)) == 0);
}

static void handle(int signal) {
  (void)signal;
}

CASE(default_and_ignored) {
  CHECK_OK(heliograph_open(0));
  check(SIGTERM, HELIOGRAPH_KIND_DEFAULT, 0);
  check(SIGKILL, HELIOGRAPH_KIND_DEFAULT, 0);
  signal(SIGHUP, SIG_IGN);
  check(SIGHUP, HELIOGRAPH_KIND_IGNORED, 0);
}

CASE(what_we_put_there) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGTERM));
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_OK(heliograph_ignore(SIGHUP));
  CHECK_OK(heliograph_default(SIGINT));
  check(SIGTERM, HELIOGRAPH_KIND_CAUGHT, 1);
  check_library(SIGTERM, "libheliograph_signal.so");
  check(SIGUSR1, HELIOGRAPH_KIND_CAUGHT, 1);
  check(SIGHUP, HELIOGRAPH_KIND_IGNORED, 0);
  check(SIGINT, HELIOGRAPH_KIND_DEFAULT, 0);
  CHECK_OK(heliograph_restore(SIGTERM));
  check(SIGTERM, HELIOGRAPH_KIND_DEFAULT, 0);
}

CASE(a_handler_of_the_program) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGUSR1));
  set_handler(SIGUSR1, handle);
  check(SIGUSR1, HELIOGRAPH_KIND_CAUGHT, 0);
  check_library(SIGUSR1, "test_inspect");
}

CASE(a_handler_of_another_library) {
  void (*of_the_libc)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "getpagesize");
  CHECK_OK(heliograph_open(0));
  CHECK(of_the_libc != NULL);
  set_handler(SIGUSR1, of_the_libc);
  check(SIGUSR1, HELIOGRAPH_KIND_CAUGHT, 0);
  check_library(SIGUSR1, dlsym(RTLD_DEFAULT, "gnu_get_libc_version") != NULL ? "libc." : "ld-musl-");
}

/* A function of our library is not yet our handler. */
CASE(another_function_of_our_library_is_not_ours) {
  CHECK_OK(heliograph_open(0));
  set_handler(SIGUSR1, (void (*)(int))dlsym(RTLD_DEFAULT, "heliograph_version"));
  check(SIGUSR1, HELIOGRAPH_KIND_CAUGHT, 0);
  check_library(SIGUSR1, "libheliograph_signal.so");
}

/* Code of no file, such as a just-in-time compiler's. */
CASE(a_handler_of_no_file) {
  void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED);
  CHECK_OK(heliograph_open(0));
  set_handler(SIGUSR1, (void (*)(int))page);
  check(SIGUSR1, HELIOGRAPH_KIND_CAUGHT, 0);
  CHECK_TEXT(of(SIGUSR1).library, "");
}

static void check_hold(int signal, int hold, int installed, int on_top, int beneath) {
  struct heliograph_disposition disposition = of(signal);
  CHECK_EQ(disposition.hold, hold);
  CHECK_EQ(disposition.installed, installed);
  CHECK_EQ(disposition.on_top, on_top);
  CHECK_EQ(disposition.beneath, beneath);
}

CASE(what_nobody_holds_has_nothing_beneath) {
  CHECK_OK(heliograph_open(0));
  signal(SIGHUP, SIG_IGN);
  check_hold(SIGHUP, HELIOGRAPH_HOLD_NONE, 0, 0, 0);
  CHECK_TEXT(of(SIGHUP).beneath_library, "");
}

CASE(what_lies_beneath_ours) {
  CHECK_OK(heliograph_open(0));
  set_handler(SIGUSR1, handle);
  signal(SIGHUP, SIG_IGN);
  CHECK_OK(heliograph_catch(SIGUSR1));
  CHECK_OK(heliograph_observe(SIGHUP));
  CHECK_OK(heliograph_ignore(SIGTERM));
  CHECK_OK(heliograph_default(SIGINT));
  check_hold(SIGUSR1, HELIOGRAPH_HOLD_HELD, HELIOGRAPH_KIND_CAUGHT, 1, HELIOGRAPH_KIND_CAUGHT);
  CHECK(strstr(of(SIGUSR1).beneath_library, "test_inspect") != NULL);
  check_hold(SIGHUP, HELIOGRAPH_HOLD_HELD, HELIOGRAPH_KIND_IGNORED, 1, HELIOGRAPH_KIND_IGNORED);
  check_hold(SIGTERM, HELIOGRAPH_HOLD_HELD, HELIOGRAPH_KIND_IGNORED, 1, HELIOGRAPH_KIND_DEFAULT);
  check_hold(SIGINT, HELIOGRAPH_HOLD_HELD, HELIOGRAPH_KIND_DEFAULT, 1, HELIOGRAPH_KIND_DEFAULT);
  CHECK_OK(heliograph_restore(SIGUSR1));
  check_hold(SIGUSR1, HELIOGRAPH_HOLD_NONE, 0, 0, 0);
}

CASE(ours_beneath_another) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGUSR1));
  set_handler(SIGUSR1, handle);
  check_hold(SIGUSR1, HELIOGRAPH_HOLD_HELD, HELIOGRAPH_KIND_CAUGHT, 0, HELIOGRAPH_KIND_DEFAULT);
  CHECK_OK(heliograph_restore(SIGUSR1));
  check_hold(SIGUSR1, HELIOGRAPH_HOLD_BENEATH, HELIOGRAPH_KIND_CAUGHT, 0, HELIOGRAPH_KIND_DEFAULT);
}

CASE(what_is_no_signal_has_no_disposition) {
  struct heliograph_disposition disposition;
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_get_disposition(0, &disposition), -EINVAL);
  CHECK_EQ(heliograph_get_disposition(-1, &disposition), -EINVAL);
  CHECK_EQ(heliograph_get_disposition(32, &disposition), -EINVAL);
  CHECK_EQ(heliograph_get_disposition(SIGRTMAX + 1, &disposition), -EINVAL);
}
