/* Makes a line for standard error, without the C library's formatting. Async-signal-safe. */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_LINE_H
#define HELIOGRAPH_SIGNAL_HANDLER_LINE_H

#include <stddef.h>
#include <stdint.h>

struct line {
  char *text;
  size_t room;
  size_t length;
};

/* What does not fit is left out. */
void heliograph_line_add(struct line *line, const char *text);
void heliograph_line_add_number(struct line *line, uint64_t number);

/* Writes the line in one write(2), so that it stays whole. Writes nothing if standard error would block: a
 * process that hangs must end although nobody reads. */
void heliograph_line_write(struct line *line);

#endif
