/* The pipe that supervisors write their records into. The Java class StatusPipe reads it. */
#ifndef HELIOGRAPH_JVM_STATUS_PIPE_H
#define HELIOGRAPH_JVM_STATUS_PIPE_H

/* Opens it: 0 or -errno. ends[0] is the read end. */
int heliograph_status_pipe_open(int ends[2]);

/* Writes the record that the process with this number has no supervisor any more. 0 or -errno. */
int heliograph_status_pipe_write_left(int fd, int id);

/* Wakes the thread that reads, if there is a pipe. Any thread. */
void heliograph_status_pipe_wake(void);

#endif
