/* Takes part in sun.misc.Signal.handle: an app that calls it after us keeps its handler, and we keep ours. */
#ifndef HELIOGRAPH_JVM_JVM_SIGNAL_H
#define HELIOGRAPH_JVM_JVM_SIGNAL_H

#include <jni.h>
#include <stdbool.h>

/*
 * Replaces the JDK's native method beneath sun.misc.Signal.handle, for this process's life. Call it in
 * JNI_OnLoad or by JvmSignalBinding: there the JVM prints no warning. Returns whether it did. A JDK with
 * another method stays as it is, and no exception is pending.
 */
bool heliograph_bind_jvm_signal(JNIEnv *env);

#endif
