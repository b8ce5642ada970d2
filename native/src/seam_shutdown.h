/* The natives of io.heliograph.internal.seam.NativeShutdown. */
#ifndef HELIOGRAPH_SEAM_SHUTDOWN_H
#define HELIOGRAPH_SEAM_SHUTDOWN_H

#include <jni.h>

/* JNI_OK, or JNI_ERR with an error pending. */
jint heliograph_register_shutdown_natives(JNIEnv *env);

#endif
