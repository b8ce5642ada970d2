#include "bench/bench.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int64_t most_ns = 10 * (int64_t)1000000000;

int64_t bench_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void bench_usage(const char *usage) {
  fprintf(stderr, "usage: %s\n", usage);
  exit(64);
}

long bench_number(const char *text, const char *usage) {
  char *end = NULL;
  long number = text == NULL ? 0 : strtol(text, &end, 10);
  if (number < 1 || *end != '\0')
    bench_usage(usage);
  return number;
}

int64_t *bench_samples(long count) {
  int64_t *nanos = calloc((size_t)count, sizeof *nanos);
  if (nanos == NULL)
    bench_fail("calloc");
  return nanos;
}

void bench_fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

void bench_wrong(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

void bench_give_up(int64_t since_ns, const char *waiting_for) {
  if (bench_now_ns() - since_ns > most_ns)
    bench_wrong("waited in vain for %s", waiting_for);
}

static int compare(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one;
  int64_t b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

/* The smallest sample that at least so many ten-thousandths of all do not exceed. */
static long long at(const int64_t *sorted, long count, long ten_thousandths) {
  long rank = (count * ten_thousandths + 9999) / 10000;
  return (long long)sorted[rank < 1 ? 0 : rank - 1];
}

void bench_print(const char *question, const char *contender, int64_t *nanos, long count, const char *check) {
  qsort(nanos, (size_t)count, sizeof *nanos, compare);
  printf("{\"question\":\"%s\",\"contender\":\"%s\",\"parameters\":{},\"unit\":\"ns\",\"round\":0,", question,
         contender);
  printf("\"count\":%ld,\"p50\":%lld,\"p99\":%lld,\"p999\":%lld,\"max\":%lld,\"curve\":[", count,
         at(nanos, count, 5000), at(nanos, count, 9900), at(nanos, count, 9990), at(nanos, count, 10000));
  /* Measurement.percentiles(): steps of 1, from 99 on of 0.1, from 99.9 on of 0.01. */
  for (long point = 0; point < 10000; point += point < 9900 ? 100 : point < 9990 ? 10 : 1)
    printf("%s%lld", point == 0 ? "" : ",", at(nanos, count, point));
  printf("],\"check\":\"%s\"}\n", check);
}
