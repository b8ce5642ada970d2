/* The natives of io.heliograph.internal.seam.NativeRaise. */
#ifndef HELIOGRAPH_SEAM_RAISE_H
#define HELIOGRAPH_SEAM_RAISE_H

#include <jni.h>

/* JNI_OK, or JNI_ERR with an error pending. */
jint heliograph_register_raise_natives(JNIEnv *env);

#endif
