/* Learns the status of System.exit() where the C library does not tell it. */
#ifndef HELIOGRAPH_JVM_JVM_EXIT_H
#define HELIOGRAPH_JVM_JVM_EXIT_H

#include <jni.h>

/*
 * Replaces the JDK's native method beneath System.exit() and Runtime.halt(), for this process's life, if the
 * C library has no on_exit(3). Call it where heliograph_bind_jvm_signal() is called. A JDK with another
 * method stays as it is, and no exception is pending.
 */
void heliograph_bind_jvm_exit(JNIEnv *env);

#endif
