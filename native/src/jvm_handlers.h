/* Natives of io.heliograph.internal.seam.Native that look into the JDK; seam.c has the table. */
#ifndef HELIOGRAPH_JVM_HANDLERS_H
#define HELIOGRAPH_JVM_HANDLERS_H

#include <jni.h>

jobject JNICALL heliograph_jvm_handlers(JNIEnv *env, jclass class);
jobject JNICALL heliograph_wrapped_handler(JNIEnv *env, jclass class, jobject handler);

#endif
