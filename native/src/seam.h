/* The two ways in which the library comes to a JVM: System.load() (seam.c), and as an agent (agent.c). */
#ifndef HELIOGRAPH_SEAM_H
#define HELIOGRAPH_SEAM_H

#include <jni.h>

#define NATIVE_CLASS "io/heliograph/internal/seam/Native"

/*
 * Binds the natives to their class, unless a copy of the library has done so before, which then stays.
 * JNI_OK, or an error with an exception pending that says why.
 */
jint heliograph_bind(JNIEnv *env, jclass class);

#endif
