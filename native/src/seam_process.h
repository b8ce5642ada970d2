/* The natives of io.heliograph.internal.seam.NativeProcess. */
#ifndef HELIOGRAPH_SEAM_PROCESS_H
#define HELIOGRAPH_SEAM_PROCESS_H

#include <jni.h>

/* JNI_OK, or JNI_ERR with an error pending. */
jint heliograph_register_process_natives(JNIEnv *env);

/* Any thread: ends a read of the status pipe that sleeps, where there is such a pipe. */
void heliograph_wake_status_reader(void);

#endif
