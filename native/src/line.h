/* A line for standard error, put together without the C library's formatting: handlers write such lines too.
 */
#ifndef HELIOGRAPH_LINE_H
#define HELIOGRAPH_LINE_H

#include <stddef.h>
#include <stdint.h>

struct line {
  char *text;
  size_t room;
  size_t length;
};

/* Called from the handler, all of them. What does not fit is left out. */
void heliograph_line_add(struct line *line, const char *text);
void heliograph_line_add_number(struct line *line, uint64_t number);

/*
 * Called from the handler. Writes the line, in one write(2) so that it stays whole, unless standard error
 * takes no more: whoever ends a process that hangs must not wait for somebody to read.
 */
void heliograph_line_write(struct line *line);

#endif
