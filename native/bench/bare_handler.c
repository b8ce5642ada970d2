/*
 * The self-pipe of the floors inside a JVM, for a thread of Java to raise at: the natives of
 * io.heliograph.jmh.benchmarks.BareHandler. Its reader is a thread that the JVM does not know.
 */
#include "bench/self_pipe.h"

#include <jni.h>

#define NATIVE(returned, name) JNIEXPORT returned JNICALL Java_io_heliograph_jmh_benchmarks_BareHandler_##name

NATIVE(void, open)(JNIEnv *env, jclass class, jint signal) {
  (void)env, (void)class;
  self_pipe_open(signal, 0);
}

NATIVE(void, raise)(JNIEnv *env, jclass class, jint signal) {
  (void)env, (void)class;
  self_pipe_raise(signal);
}

NATIVE(jlong, taken)(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return self_pipe_taken();
}
