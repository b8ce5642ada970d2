/*
 * Reads files of /proc/PID (proc(5)). Async-signal-safe. Only a read of `cmdline` can wait for the other
 * process.
 */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_PROC_FILE_H
#define HELIOGRAPH_SIGNAL_HANDLER_PROC_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Looks whether /proc is that of this pid namespace. The pids of another namespace's /proc are other
 * processes' pids. Before the first look, and with another namespace's /proc, heliograph_proc_open() fails.
 */
void heliograph_proc_look_whose(void);

/* The child of a fork may be in another pid namespace. */
void heliograph_proc_forget(void);

/*
 * Opens the folder of a process: a descriptor, or -errno. All reads through it are of this process. Once the
 * process is gone they fail, even if another process has its pid.
 */
int heliograph_proc_open(pid_t pid);

/* Reads the beginning of a file in the folder. Returns the number of bytes, or -errno. */
ssize_t heliograph_proc_read(int folder, const char *file, char *bytes, size_t room);

/* The real user id. False if it cannot be read. */
bool heliograph_proc_uid(int folder, uint32_t *uid);

void heliograph_proc_close(int folder);

#endif
