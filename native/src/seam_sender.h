/* The natives of io.heliograph.internal.seam.NativeSender. */
#ifndef HELIOGRAPH_SEAM_SENDER_H
#define HELIOGRAPH_SEAM_SENDER_H

#include <jni.h>

/* JNI_OK, or JNI_ERR with an error pending. */
jint heliograph_register_sender_natives(JNIEnv *env);

#endif
