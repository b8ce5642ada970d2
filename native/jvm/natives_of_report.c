/* The natives of NativeReport. */
#include "heliograph_deadline.h"
#include "heliograph_report.h"
#include "jvm/natives.h"

#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)

static int64_t now_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * SECOND + now.tv_nsec;
}

/* When this process began, on CLOCK_REALTIME; now where /proc does not say. */
static int64_t began_ns(void) {
  int64_t ticks = heliograph_started(getpid());
  int64_t now = now_of(CLOCK_REALTIME);
  return ticks < 0 ? now : now - now_of(CLOCK_BOOTTIME) + ticks * (SECOND / sysconf(_SC_CLK_TCK));
}

static jint JNICALL open_report(JNIEnv *env, jclass class, jlong path, jboolean json) {
  (void)env, (void)class;
  return heliograph_report_open((const char *)(intptr_t)path, json == JNI_TRUE, began_ns());
}

static jint JNICALL close_report(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_report_close();
}

static jint JNICALL set(JNIEnv *env, jclass class, jlong text, jint length) {
  (void)env, (void)class;
  return heliograph_report_set((const char *)(intptr_t)text, (size_t)length);
}

static jint JNICALL step(JNIEnv *env, jclass class, jint step, jint signal, jlong at_ns) {
  (void)env, (void)class;
  if (step == HELIOGRAPH_REPORT_ARRIVED && heliograph_shutdown_requested_by() != 0)
    return 0; /* the handler has noted the first request, and later ones are none of its kind */
  return heliograph_report_step(step, signal, at_ns);
}

static jint JNICALL write_report(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_report_write();
}

static jint JNICALL failure(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_report_failure();
}

static jlong JNICALL ran_ns(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return now_of(CLOCK_REALTIME) - began_ns();
}

static const JNINativeMethod methods[] = {
    {"open", "(JZ)I", (void *)open_report}, {"close", "()I", (void *)close_report},
    {"set", "(JI)I", (void *)set},          {"step", "(IIJ)I", (void *)step},
    {"write", "()I", (void *)write_report}, {"failure", "()I", (void *)failure},
    {"ranNanos", "()J", (void *)ran_ns},
};

NATIVES_OF(heliograph_natives_of_report, "NativeReport");
