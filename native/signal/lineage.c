/* A process and its ancestors: what the handler saw of it, and what /proc says of the others now. */
#include "signal/lineage.h"

#include "signal/handler/proc_file.h"
#include "signal/handler/sender.h"
#include "signal/names.h"
#include "signal/state.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* As io.heliograph.internal.jni.Lineage reads it. */
_Static_assert(sizeof(struct heliograph_process) == 608 &&
                   offsetof(struct heliograph_process, started) == 8 &&
                   offsetof(struct heliograph_process, uid) == 16 &&
                   offsetof(struct heliograph_process, command_length) == 24 &&
                   offsetof(struct heliograph_process, command) == 32 &&
                   offsetof(struct heliograph_process, arguments) == 96 &&
                   offsetof(struct heliograph_lineage, processes) == 8,
               "the layout of a lineage");

/* Reads a number and the space after it. */
static uint64_t number(const char **text, const char *end) {
  uint64_t value = 0;
  while (*text < end && **text >= '0' && **text <= '9')
    value = value * 10 + (uint64_t)(*(*text)++ - '0');
  while (*text < end && **text != ' ')
    (*text)++;
  if (*text < end)
    (*text)++;
  return value;
}

/* The name is in parentheses and may contain some; only numbers follow (proc_pid_stat(5)). */
static bool parse_stat(struct heliograph_process *process, const char *stat, size_t length) {
  enum { STATE = 3, PARENT = 4, STARTED = 22 };
  const char *end = stat + length;
  const char *name = memchr(stat, '(', length);
  const char *name_end = memrchr(stat, ')', length);
  if (name == NULL || name_end == NULL || name_end < ++name || end - name_end < 3)
    return false;
  size_t room = sizeof process->command;
  size_t name_length = (size_t)(name_end - name);
  process->command_length = (uint32_t)(name_length < room ? name_length : room);
  memcpy(process->command, name, process->command_length);
  const char *field = name_end + 2;
  for (int i = STATE; i <= STARTED && field < end; i++) {
    uint64_t value = number(&field, end);
    if (i == PARENT)
      process->parent = (int32_t)value;
    else if (i == STARTED) {
      process->started = value;
      process->flags |= HELIOGRAPH_PROCESS_KNOWN;
    }
  }
  return (process->flags & HELIOGRAPH_PROCESS_KNOWN) != 0;
}

/* Opens the folder of the process and reads `stat`: a descriptor, or -errno. */
static int open_process(struct heliograph_process *process, pid_t pid) {
  char stat[512];
  *process = (struct heliograph_process){.pid = pid};
  int folder = heliograph_proc_open(pid);
  if (folder < 0)
    return folder;
  ssize_t bytes = heliograph_proc_read(folder, "stat", stat, sizeof stat);
  if (bytes > 0 && parse_stat(process, stat, (size_t)bytes))
    return folder;
  heliograph_proc_close(folder);
  return -ESRCH;
}

static void read_uid(struct heliograph_process *process, int folder) {
  if (heliograph_proc_uid(folder, &process->uid))
    process->flags |= HELIOGRAPH_PROCESS_HAS_UID;
}

/*
 * Opens the folder of a process's parent: a descriptor, or -errno. A process that started after the child, or
 * at another time than the parent that was seen, is another process with the parent's pid. A start time
 * counts ticks of 10 ms: within the child's own tick, such a process is taken for the parent.
 */
static int open_parent(struct heliograph_process *parent, const struct heliograph_process *child,
                       const struct heliograph_process *seen) {
  int folder = open_process(parent, child->parent);
  bool is_reused =
      folder >= 0 && (seen != NULL ? parent->started != seen->started : parent->started > child->started);
  if (is_reused) {
    heliograph_proc_close(folder);
    folder = -ESRCH;
  }
  if (folder < 0) {
    bool has_ended = is_reused || !heliograph_process_exists(child->parent);
    *parent = seen != NULL ? *seen
                           : (struct heliograph_process){.pid = child->parent,
                                                         .flags = has_ended ? HELIOGRAPH_PROCESS_ENDED : 0};
  }
  return folder;
}

/*
 * Reads all `stat` files first, because the nearest ancestors may be about to end. Above an ancestor that is
 * gone and was not seen, none is found. `seen` is the parent as it was when the signal arrived, or NULL.
 */
static void read_ancestors(struct heliograph_lineage *lineage, unsigned most,
                           const struct heliograph_process *seen) {
  int folders[1 + HELIOGRAPH_MOST_ANCESTORS];
  uint32_t count = 1;
  while (count <= most && count <= HELIOGRAPH_MOST_ANCESTORS && lineage->processes[count - 1].parent > 0) {
    struct heliograph_process *child = &lineage->processes[count - 1];
    folders[count] = open_parent(child + 1, child, count == 1 ? seen : NULL);
    count++;
  }
  lineage->count = count;
  for (uint32_t i = 1; i < count; i++) {
    if (folders[i] < 0)
      continue;
    read_uid(&lineage->processes[i], folders[i]);
    heliograph_proc_close(folders[i]);
  }
}

/* How often each place was given out since the last release. */
static struct {
  int32_t number;
  uint32_t count;
} given_out[SENDER_PLACES];

void heliograph_senders_forget(void) {
  atomic_store(&heliograph_looked_at, 0);
  heliograph_sender_forget_places();
  memset(given_out, 0, sizeof given_out);
}

int heliograph_look_at_senders(int signal, int wanted) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  heliograph_proc_look_whose();
  if (wanted && signal < SIGRTMIN)
    atomic_fetch_or(&heliograph_looked_at, signal_bit(signal));
  else
    atomic_fetch_and(&heliograph_looked_at, ~signal_bit(signal));
  return 0;
}

void heliograph_sender_given_out(int32_t number) {
  int place = (number - 1) % SENDER_PLACES;
  given_out[place].number = number;
  given_out[place].count++;
}

void heliograph_sender_release_given_out(void) {
  for (int place = 0; place < SENDER_PLACES; place++) {
    if (given_out[place].count > 0)
      heliograph_sender_release(given_out[place].number, given_out[place].count);
    given_out[place].count = 0;
  }
}

int heliograph_sender_of(int32_t sender, struct heliograph_lineage *lineage) {
  const struct sighting *sighting = heliograph_sighting(sender);
  if (sighting == NULL)
    return -ENOENT;
  struct heliograph_process *process = &lineage->processes[0];
  *process = (struct heliograph_process){.pid = sighting->pid};
  lineage->count = 1;
  if (!parse_stat(process, sighting->stat, sighting->stat_length))
    return -ENOENT;
  process->arguments_length = sighting->arguments_length;
  memcpy(process->arguments, sighting->arguments, sighting->arguments_length);
  struct heliograph_process parent = {.pid = process->parent};
  bool parent_was_seen = parse_stat(&parent, sighting->parent_stat, sighting->parent_stat_length) &&
                         parent.started <= process->started;
  read_ancestors(lineage, HELIOGRAPH_MOST_ANCESTORS, parent_was_seen ? &parent : NULL);
  return 0;
}

int heliograph_lineage_of(pid_t pid, unsigned most_ancestors, struct heliograph_lineage *lineage) {
  heliograph_proc_look_whose();
  int folder = open_process(&lineage->processes[0], pid);
  if (folder < 0)
    return folder == -ENOENT ? -ESRCH : folder;
  lineage->count = 1;
  read_uid(&lineage->processes[0], folder);
  heliograph_proc_close(folder);
  read_ancestors(lineage, most_ancestors, NULL);
  return 0;
}

int64_t heliograph_started(pid_t pid) {
  struct heliograph_process process;
  heliograph_proc_look_whose();
  int folder = open_process(&process, pid);
  if (folder < 0)
    return folder == -ENOENT ? -ESRCH : folder;
  heliograph_proc_close(folder);
  return (int64_t)process.started;
}
