/* sun.misc.Signal.handle, gone through so that an app that calls it after us keeps its handler and we ours.
 */
#ifndef HELIOGRAPH_JVM_JVM_SIGNAL_H
#define HELIOGRAPH_JVM_JVM_SIGNAL_H

#include <jni.h>
#include <stdbool.h>

/*
 * Takes the JDK's native method beneath sun.misc.Signal.handle over, for this process's life. To be called in
 * JNI_OnLoad, or by JvmSignalBinding, where the JVM prints no warning of it. Whether it was done: a JDK that
 * does it otherwise is left alone, and no exception is pending.
 */
bool heliograph_bind_jvm_signal(JNIEnv *env);

#endif
