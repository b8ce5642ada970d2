/*
 * Reads files of /proc/PID (proc(5)). Async-signal-safe, and called from the handler, but for the first
 * function. None of these reads waits for another process, but that of `cmdline`.
 */
#ifndef HELIOGRAPH_PROC_FILE_H
#define HELIOGRAPH_PROC_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Looks whether /proc shows the processes of this pid namespace. The pids of another namespace's /proc are
 * those of other processes. Until it has looked, and where it is another's, heliograph_proc_open() fails.
 */
void heliograph_proc_look_whose(void);

/* In the child of a fork, which may be in another pid namespace. */
void heliograph_proc_forget(void);

/*
 * Opens the folder of a process; a descriptor, or -errno. What is read through it is of this one process:
 * once the process is gone the reads fail, also where another has been given its pid.
 */
int heliograph_proc_open(pid_t pid);

/* Reads the beginning of a file in the folder: how many bytes, or -errno. */
ssize_t heliograph_proc_read(int folder, const char *file, char *bytes, size_t room);

/* The real user id; false where it cannot be read. */
bool heliograph_proc_uid(int folder, uint32_t *uid);

void heliograph_proc_close(int folder);

#endif
