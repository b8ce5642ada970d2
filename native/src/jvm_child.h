/* ProcessBuilder.start(), gone through so that no child inherits what steering blocks in the thread that
 * starts it. */
#ifndef HELIOGRAPH_JVM_CHILD_H
#define HELIOGRAPH_JVM_CHILD_H

#include <jni.h>

/* The natives of io.heliograph.internal.seam.ChildBinding. JNI_OK, or JNI_ERR with an error pending. */
jint heliograph_register_child_natives(JNIEnv *env);

#endif
