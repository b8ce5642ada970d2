#include "signal/handler/line.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

void heliograph_line_add(struct line *line, const char *text) {
  size_t length = strlen(text);
  size_t left = line->room - line->length;
  if (length > left)
    length = left;
  memcpy(line->text + line->length, text, length);
  line->length += length;
}

void heliograph_line_add_number(struct line *line, uint64_t number) {
  char digits[21];
  char *first = digits + sizeof digits - 1;
  *first = '\0';
  do
    *--first = (char)('0' + number % 10);
  while ((number /= 10) != 0);
  heliograph_line_add(line, first);
}

/* A pipe that poll(2) calls writable has a free page, and takes a line of up to PIPE_BUF without waiting. */
void heliograph_line_write(struct line *line) {
  struct pollfd standard_error = {.fd = STDERR_FILENO, .events = POLLOUT};
  if (line->length == 0)
    return;
  if (line->text[line->length - 1] != '\n') {
    if (line->length == line->room)
      line->length--;
    heliograph_line_add(line, "\n");
  }
  if (poll(&standard_error, 1, 0) != 1 || (standard_error.revents & POLLOUT) == 0)
    return;
  ssize_t written = write(STDERR_FILENO, line->text, line->length);
  (void)written; /* there is no other place to report it */
}
