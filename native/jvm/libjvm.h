/* Functions of HotSpot that are not JNI's. */
#ifndef HELIOGRAPH_JVM_LIBJVM_H
#define HELIOGRAPH_JVM_LIBJVM_H

#include <jni.h>

/* NULL if libjvm has no such function. Another launcher than the JDK's may have loaded it with RTLD_LOCAL. */
void *heliograph_symbol_of_libjvm(JNIEnv *env, const char *name);

#endif
