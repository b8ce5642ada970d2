/* Reads files of /proc/PID. All of it is async-signal-safe, and runs in the handler. */
#ifndef HELIOGRAPH_PROC_FILE_H
#define HELIOGRAPH_PROC_FILE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Opens the folder of a process; a descriptor, or -errno: -ESRCH also where /proc is that of another pid
 * namespace. What is read through it is of this one process: once the process is gone the reads fail, also
 * where another has been given its pid.
 */
int heliograph_proc_open(pid_t pid);

/* Reads the beginning of a file in the folder: how many bytes, or -errno. */
ssize_t heliograph_proc_read(int folder, const char *file, char *bytes, size_t room);

void heliograph_proc_close(int folder);

/* In the child of a fork, which may be in another pid namespace. */
void heliograph_proc_forget(void);

#endif
