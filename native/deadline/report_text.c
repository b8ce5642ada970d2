/* The text of the last words. It runs on an ordinary thread. */
#include "deadline/report.h"
#include "heliograph_deadline.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MS INT64_C(1000000)
#define SECOND (1000 * MS)
#define LONG_PAST (60 * SECOND)

/* What stands at the end has room left for it. */
#define ROOM_OF_TAIL 192
#define MOST_OF_STEPS 640

struct text {
  char *bytes;
  size_t length;
  size_t room;
  const struct report_process *process;
  const struct report_state *state;
  bool is_cut;
};

/* Adds all of it or nothing. */
__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...) {
  va_list values;
  size_t left = text->room - text->length;
  va_start(values, format);
  int length = vsnprintf(text->bytes + text->length, left, format, values);
  va_end(values);
  if (length >= 0 && (size_t)length < left)
    text->length += (size_t)length;
  else
    text->is_cut = true;
}

struct stamp {
  char text[sizeof "2026-11-29T10:30:00.123Z" + 8];
};

static struct stamp stamp_of(int64_t real_ns) {
  struct stamp stamp;
  struct tm utc;
  char second[24];
  time_t seconds = (time_t)(real_ns / SECOND);
  if (gmtime_r(&seconds, &utc) == NULL || strftime(second, sizeof second, "%Y-%m-%dT%H:%M:%S", &utc) == 0)
    second[0] = '\0';
  (void)snprintf(stamp.text, sizeof stamp.text, "%s.%03dZ", second, (int)(real_ns % SECOND / MS));
  return stamp;
}

static int64_t time_of(const struct text *text, enum heliograph_report_step step) {
  return atomic_load(&text->state->steps[step].at_ns);
}

static const char *signal_of(const struct text *text, enum heliograph_report_step step) {
  return heliograph_signal_name(atomic_load(&text->state->steps[step].signal));
}

static enum report_end end_of(const struct text *text) {
  return (enum report_end)atomic_load(&text->state->end);
}

/* " with status 143", or " by TERM". */
static void add_outcome(struct text *text) {
  int signal = atomic_load(&text->state->death_signal);
  if (signal != 0)
    add(text, " by the signal %s", heliograph_signal_name(signal));
  else if (atomic_load(&text->state->exit_status) >= 0)
    add(text, " with status %d", atomic_load(&text->state->exit_status));
}

/* When the signal arrived that has asked for the end; 0 if none has. An exit long after a signal is another
 * matter. */
static int64_t asked_at(const struct text *text) {
  int64_t arrived = time_of(text, HELIOGRAPH_REPORT_ARRIVED);
  int64_t begun = time_of(text, HELIOGRAPH_REPORT_EXIT_BEGUN);
  bool is_old = heliograph_shutdown_requested_by() == 0 && begun - arrived > LONG_PAST;
  return is_old ? 0 : arrived;
}

/* ", 20.003 s after TERM arrived". Nothing where no signal has asked for the end. */
static void add_since_signal(struct text *text, int64_t now) {
  int64_t arrived = asked_at(text);
  if (arrived == 0)
    return;
  int64_t ms = (now - arrived) / MS;
  add(text, ", %" PRId64 ".%03" PRId64 " s after %s arrived", ms / 1000, ms % 1000,
      signal_of(text, HELIOGRAPH_REPORT_ARRIVED));
}

static void add_why_cut_off(struct text *text) {
  if (time_of(text, HELIOGRAPH_REPORT_DEADLINE) != 0)
    add(text, ": its deadline was over");
  else if (time_of(text, HELIOGRAPH_REPORT_SECOND) != 0)
    add(text, ": %s arrived as a second request", signal_of(text, HELIOGRAPH_REPORT_SECOND));
}

/* A signal is long past, and nothing has come of it: the app takes it for something else than its end. */
static bool lives_on(const struct text *text, int64_t now) {
  int64_t arrived = time_of(text, HELIOGRAPH_REPORT_ARRIVED);
  return heliograph_shutdown_requested_by() == 0 && arrived != 0 && now - arrived > LONG_PAST &&
         time_of(text, HELIOGRAPH_REPORT_EXIT_BEGUN) == 0 && time_of(text, HELIOGRAPH_REPORT_DEADLINE) == 0;
}

/* One sentence that says all that matters. */
static void add_summary(struct text *text, int64_t now) {
  int64_t ended = atomic_load(&text->state->ended_at_ns);
  int64_t arrived = asked_at(text);
  int64_t begun = time_of(text, HELIOGRAPH_REPORT_EXIT_BEGUN);
  switch (end_of(text)) {
  case REPORT_IN_ORDER:
    add(text, "Ended in order at %s", stamp_of(ended).text);
    add_outcome(text);
    add_since_signal(text, ended);
    add(text, arrived == 0 ? "; no signal asked for it." : ".");
    break;
  case REPORT_CUT_OFF:
    add(text, "Cut off at %s", stamp_of(ended).text);
    add_outcome(text);
    add_since_signal(text, ended);
    add_why_cut_off(text);
    add(text, ".");
    break;
  case REPORT_CLOSED:
    add(text, "Not watched any more since %s: the agent was removed, and the process lived on.",
        stamp_of(ended).text);
    break;
  case REPORT_NO_END:
    if (lives_on(text, now))
      add(text, "Running since %s, though %s arrived at %s.", stamp_of(text->process->began_ns).text,
          signal_of(text, HELIOGRAPH_REPORT_ARRIVED), stamp_of(arrived).text);
    else if (arrived != 0)
      add(text, "Ending since %s: %s arrived.", stamp_of(arrived).text,
          signal_of(text, HELIOGRAPH_REPORT_ARRIVED));
    else if (begun != 0)
      add(text, "Ending since %s: the exit began without a signal.", stamp_of(begun).text);
    else
      add(text, "Running since %s.", stamp_of(text->process->began_ns).text);
    add(text,
        " It had not ended when this was written, at %s: if it has gone since, then without an orderly end "
        "(KILL, no memory left, a crash, a power failure).",
        stamp_of(now).text);
  }
}

static void add_text_step(struct text *text, enum heliograph_report_step step) {
  static const char *const what[HELIOGRAPH_REPORT_STEPS] = {
      [HELIOGRAPH_REPORT_DRAINED] = "the delay was over",
      [HELIOGRAPH_REPORT_EXIT_BEGUN] = "the exit began, with the shutdown hooks",
      [HELIOGRAPH_REPORT_VM_STOPPED] = "the JVM stopped",
      [HELIOGRAPH_REPORT_DEADLINE] = "the deadline was over",
  };
  add(text, "  %s  ", stamp_of(time_of(text, step)).text);
  if (step == HELIOGRAPH_REPORT_ARRIVED)
    add(text, "%s arrived", signal_of(text, step));
  else if (step == HELIOGRAPH_REPORT_SECOND)
    add(text, "%s arrived: a second request", signal_of(text, step));
  else
    add(text, "%s", what[step]);
  add(text, "\n");
}

static void add_json_step(struct text *text, enum heliograph_report_step step, bool is_first) {
  static const char *const what[HELIOGRAPH_REPORT_STEPS] = {
      [HELIOGRAPH_REPORT_ARRIVED] = "arrived",        [HELIOGRAPH_REPORT_DRAINED] = "drained",
      [HELIOGRAPH_REPORT_EXIT_BEGUN] = "exit-begun",  [HELIOGRAPH_REPORT_VM_STOPPED] = "vm-stopped",
      [HELIOGRAPH_REPORT_DEADLINE] = "deadline-over", [HELIOGRAPH_REPORT_SECOND] = "second-request",
  };
  add(text, "%s{\"at\":\"%s\",\"step\":\"%s\"", is_first ? "" : ",", stamp_of(time_of(text, step)).text,
      what[step]);
  if (step == HELIOGRAPH_REPORT_ARRIVED || step == HELIOGRAPH_REPORT_SECOND)
    add(text, ",\"signal\":\"%s\"", signal_of(text, step));
  add(text, "}");
}

/* The step that comes next after this time, and of two at one time the one that is later in the enum. */
static int next_step(const struct text *text, int64_t after, int after_step) {
  int next = -1;
  for (int step = 0; step < HELIOGRAPH_REPORT_STEPS; step++) {
    int64_t at = time_of(text, step);
    bool is_later = at > after || (at == after && step > after_step);
    if (at != 0 && is_later && (next < 0 || at < time_of(text, next)))
      next = step;
  }
  return next;
}

static void add_steps(struct text *text) {
  int step = next_step(text, 0, -1);
  text->is_cut =
      text->is_cut || text->room - text->length < MOST_OF_STEPS; /* a part of them would be no JSON */
  if (step < 0 || text->is_cut)
    return;
  add(text, text->process->json ? ",\n\"steps\":[" : "What happened:\n");
  for (bool is_first = true; step >= 0; is_first = false) {
    if (text->process->json)
      add_json_step(text, step, is_first);
    else
      add_text_step(text, step);
    step = next_step(text, time_of(text, step), step);
  }
  if (text->process->json)
    add(text, "]");
}

static void add_line(struct text *text, const char *line, size_t length) {
  if (length > 0 && *line == HELIOGRAPH_REPORT_UNLESS_IN_ORDER) {
    if (end_of(text) == REPORT_IN_ORDER)
      return;
    line++;
    length--;
  }
  if (length > 0 && !text->is_cut)
    add(text, text->process->json ? ",\n%.*s" : "%.*s\n", (int)length, line);
}

static void add_body(struct text *text, const char *body, size_t length) {
  const char *end = body + length;
  if (memchr(body, HELIOGRAPH_REPORT_STEPS_HERE, length) == NULL)
    add_steps(text);
  while (body < end) {
    const char *newline = memchr(body, '\n', (size_t)(end - body));
    const char *line_end = newline == NULL ? end : newline;
    if (*body == HELIOGRAPH_REPORT_STEPS_HERE)
      add_steps(text);
    else
      add_line(text, body, (size_t)(line_end - body));
    body = line_end + 1;
  }
}

static void add_json_head(struct text *text, int64_t now) {
  static const char *const names[] = {
      [REPORT_NO_END] = "running",
      [REPORT_IN_ORDER] = "ended",
      [REPORT_CUT_OFF] = "cut-off",
      [REPORT_CLOSED] = "closed",
  };
  enum report_end end = end_of(text);
  bool is_ending = !lives_on(text, now) && (time_of(text, HELIOGRAPH_REPORT_ARRIVED) != 0 ||
                                            time_of(text, HELIOGRAPH_REPORT_EXIT_BEGUN) != 0);
  add(text, "{\"state\":\"%s\",\n\"summary\":\"", end == REPORT_NO_END && is_ending ? "ending" : names[end]);
  add_summary(text, now);
  add(text, "\"");
  if (end != REPORT_NO_END)
    add(text, ",\n\"endedAt\":\"%s\"", stamp_of(atomic_load(&text->state->ended_at_ns)).text);
  int signal = atomic_load(&text->state->death_signal);
  if (signal != 0)
    add(text, ",\n\"diedBy\":\"%s\"", heliograph_signal_name(signal));
  else if ((end == REPORT_IN_ORDER || end == REPORT_CUT_OFF) && atomic_load(&text->state->exit_status) >= 0)
    add(text, ",\n\"status\":%d", atomic_load(&text->state->exit_status));
}

static void add_tail(struct text *text, int64_t now) {
  bool is_cut = text->is_cut;
  struct stamp began = stamp_of(text->process->began_ns);
  struct stamp written = stamp_of(now);
  text->room = HELIOGRAPH_REPORT_BYTES + 1;
  if (text->process->json)
    add(text, "%s,\n\"pid\":%d,\"began\":\"%s\",\"written\":\"%s\"}\n", is_cut ? ",\n\"cut\":true" : "",
        text->process->pid, began.text, written.text);
  else
    add(text, "%sWritten at %s by process %d, which began at %s.\n",
        is_cut ? "(There was no room for more.)\n" : "", written.text, text->process->pid, began.text);
}

size_t heliograph_report_compose(const struct report_process *process, const struct report_state *state,
                                 const char *body, size_t body_length, char *bytes) {
  char scratch[HELIOGRAPH_REPORT_BYTES + 1]; /* with the NUL of vsnprintf() */
  struct text text = {
      .bytes = scratch,
      .room = HELIOGRAPH_REPORT_BYTES - ROOM_OF_TAIL,
      .process = process,
      .state = state,
  };
  int64_t now = heliograph_report_clock();
  if (process->json) {
    add_json_head(&text, now);
  } else {
    add_summary(&text, now);
    add(&text, "\n");
  }
  add_body(&text, body, body_length);
  add_tail(&text, now);
  memcpy(bytes, scratch, text.length);
  return text.length;
}
