/* The file of the last words. Used by one thread at a time. */
#ifndef HELIOGRAPH_DEADLINE_REPORT_FILE_H
#define HELIOGRAPH_DEADLINE_REPORT_FILE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Names the file, and touches nothing. Returns 1 if another process that lives keeps the same file, 0 if none
 * does, and -errno. A lock on the file (flock(2)) tells it, in another pid namespace too.
 */
int heliograph_report_file_open(const char *path);

/* Replaces the file's text. 0 or -errno. */
int heliograph_report_file_write(const char *text, size_t length);

/* Lets go of the lock. */
void heliograph_report_file_close(void);

#endif
