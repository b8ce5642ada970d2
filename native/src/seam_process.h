/* The natives of io.heliograph.internal.seam.NativeProcess. */
#ifndef HELIOGRAPH_SEAM_PROCESS_H
#define HELIOGRAPH_SEAM_PROCESS_H

#include <jni.h>

/* JNI_OK, or JNI_ERR with an error pending. */
jint heliograph_register_process_natives(JNIEnv *env);

#endif
