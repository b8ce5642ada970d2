/* Binds the natives to their classes. The library comes to a JVM by System.load() (bind.c), or as an agent
 * (agent.c). */
#ifndef HELIOGRAPH_JVM_BIND_H
#define HELIOGRAPH_JVM_BIND_H

#include <jni.h>

/*
 * Binds all natives. `class` is Native. If another copy of the library has bound it before, that copy stays.
 * JNI_OK, or an error with an exception pending.
 */
jint heliograph_bind(JNIEnv *env, jclass class);

#endif
