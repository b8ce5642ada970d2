/* A native of io.heliograph.internal.seam.Native that defines classes; seam.c has the table. */
#ifndef HELIOGRAPH_DEFINE_CLASS_H
#define HELIOGRAPH_DEFINE_CLASS_H

#include <jni.h>

jobject JNICALL heliograph_define_class(JNIEnv *env, jclass class, jobject loader, jstring name,
                                        jbyteArray classes, jint offset, jint length, jobject domain);

#endif
