/*
 * The hops of Heliograph in C, for a JVM: so that both are measured in one process, whose pace differs from
 * that of the next one. The natives of BareHandler of jmh/.
 */
#include "bench/bench.h"
#include "bench/self_pipe.h"

#include <jni.h>
#include <stdlib.h>

static int caught;

JNIEXPORT void JNICALL Java_io_heliograph_jmh_benchmarks_BareHandler_open(JNIEnv *env, jclass class,
                                                                          jint signal, jboolean is_spinning) {
  (void)env;
  (void)class;
  caught = signal;
  self_pipe_open(signal, is_spinning);
}

JNIEXPORT void JNICALL Java_io_heliograph_jmh_benchmarks_BareHandler_raise(JNIEnv *env, jclass class,
                                                                           jlongArray times) {
  (void)class;
  jsize count = (*env)->GetArrayLength(env, times);
  int64_t *nanos = bench_samples(count);
  long taken = self_pipe_taken();
  for (jsize i = 0; i < count; i++) {
    int64_t before_ns = bench_now_ns();
    self_pipe_raise(caught);
    self_pipe_await(taken + i + 1);
    nanos[i] = bench_now_ns() - before_ns;
  }
  (*env)->SetLongArrayRegion(env, times, 0, count, (const jlong *)nanos);
  free(nanos);
}

JNIEXPORT void JNICALL Java_io_heliograph_jmh_benchmarks_BareHandler_close(JNIEnv *env, jclass class) {
  (void)env;
  (void)class;
  self_pipe_close();
}
