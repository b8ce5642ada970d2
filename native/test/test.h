/*
 * A tiny harness. A test program is a table of cases, and one run of it is one case: signals are the whole
 * process's, so each case has a process of its own. Without arguments the program lists its cases.
 */
#ifndef HELIOGRAPH_TEST_H
#define HELIOGRAPH_TEST_H

#include <errno.h>

/* CMake finds the cases by the beginning of their line. */
#define CASE(name)                                                                                           \
  static void name(void);                                                                                    \
  __attribute__((constructor)) static void add_##name(void) {                                                \
    static struct test_case entry = {#name, name, NULL};                                                     \
    test_add(&entry);                                                                                        \
  }                                                                                                          \
  static void name(void)

/*
 * TSan defers a signal of another thread or process until the thread's next intercepted call. It keeps at
 * most one of each number meanwhile, and drops it if the disposition is SIG_DFL by then. Such a case would
 * count TSan's signals.
 */
#define CASE_NOT_UNDER_TSAN(name) CASE(name)

/* The library then takes sigaction() as the linker found it, and the case has nothing to look at. */
#define CASE_NOT_UNDER_SANITIZERS(name) CASE(name)

#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (!(condition))                                                                                        \
      test_fail(__FILE__, __LINE__, #condition);                                                             \
  } while (0)

#define CHECK_EQ(actual, expected)                                                                           \
  test_equal(__FILE__, __LINE__, #actual " == " #expected, (long long)(actual), (long long)(expected))

#define CHECK_TEXT(actual, expected)                                                                         \
  test_equal_text(__FILE__, __LINE__, #actual " is " #expected, actual, expected)

/* For functions that return 0 or a count, or -errno. */
#define CHECK_OK(call) test_not_negative(__FILE__, __LINE__, #call, (long long)(call))

#if defined(__SANITIZE_THREAD__)
#define LOOPS(count) ((count) / 8 + 1)
#elif defined(__SANITIZE_ADDRESS__)
#define LOOPS(count) ((count) / 2 + 1)
#else
#define LOOPS(count) (count)
#endif

struct test_case {
  const char *name;
  void (*run)(void);
  struct test_case *next;
};

void test_add(struct test_case *entry);

/* Ends this process, be it the test's or a child's, with status 1. */
_Noreturn void test_fail(const char *file, int line, const char *what);
void test_equal(const char *file, int line, const char *what, long long actual, long long expected);
void test_equal_text(const char *file, int line, const char *what, const char *actual, const char *expected);
long long test_not_negative(const char *file, int line, const char *what, long long result);

#endif
