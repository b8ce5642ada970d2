#include "test/support.h"

#include "test/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH 256

void add_to_tally(struct tally *tally, const struct heliograph_record *records, ssize_t count) {
  for (ssize_t i = 0; i < count; i++) {
    const struct heliograph_record *record = &records[i];
    CHECK(record->signal >= 1 && record->signal <= 64);
    CHECK_EQ(record->sequence, ++tally->last_sequence);
    bool lost = (record->flags & HELIOGRAPH_LOST) != 0;
    if (lost) {
      CHECK(record->count > 0);
      tally->lost[record->signal] += record->count;
    } else {
      CHECK_EQ(record->count, 1);
      tally->details[record->signal]++;
    }
    tally->total[record->signal] += record->count;
    tally->all += record->count;
  }
}

struct heliograph_counts ledger_of(int signal) {
  struct heliograph_counts counts;
  CHECK_OK(heliograph_ledger(signal, &counts));
  return counts;
}

static bool all_is_read(void) {
  for (int signal = 1; signal <= heliograph_max_signal(); signal++) {
    if (heliograph_signal_name(signal) == NULL)
      continue;
    struct heliograph_counts counts = ledger_of(signal);
    if (counts.arrived != counts.dispatched + counts.lost)
      return false;
  }
  return true;
}

/* One 0 does not mean empty: a wake-up is a 0 too. So the end is where the ledger agrees, or nothing comes
 * any more. */
static bool at_the_end(int empty_reads) {
  return empty_reads > 0 && (all_is_read() || empty_reads > 20000);
}

void drain_into(struct tally *tally) {
  struct heliograph_record records[BATCH];
  int empty_reads = 0;
  CHECK_OK(heliograph_set_blocking(0));
  while (!at_the_end(empty_reads)) {
    ssize_t count = CHECK_OK(heliograph_read(records, BATCH));
    add_to_tally(tally, records, count);
    empty_reads = count == 0 ? empty_reads + 1 : 0;
  }
  CHECK_OK(heliograph_set_blocking(1));
}

size_t drain(struct heliograph_record *records, size_t max) {
  size_t filled = 0;
  int empty_reads = 0;
  CHECK_OK(heliograph_set_blocking(0));
  while (!at_the_end(empty_reads)) {
    CHECK(filled < max);
    ssize_t count = CHECK_OK(heliograph_read(records + filled, max - filled));
    filled += (size_t)count;
    empty_reads = count == 0 ? empty_reads + 1 : 0;
  }
  CHECK_OK(heliograph_set_blocking(1));
  return filled;
}

/*
 * Under TSan, a signal that interrupts read() waits until that read() has returned, which may be for ever: so
 * there it spins. Elsewhere it sleeps, as users' readers do.
 */
ssize_t read_some(struct heliograph_record *records, size_t max) {
  ssize_t count;
#ifdef __SANITIZE_THREAD__
  CHECK_OK(heliograph_set_blocking(0));
#endif
  do
    count = CHECK_OK(heliograph_read(records, max));
  while (count == 0);
  return count;
}

struct heliograph_record read_one(void) {
  struct heliograph_record record;
  CHECK_EQ(read_some(&record, 1), 1);
  return record;
}

static void *read_until(void *argument) {
  struct reader *reader = argument;
  struct heliograph_record records[BATCH];
  atomic_store(&reader->tid, thread_id());
  while (reader->tally.all < reader->until)
    add_to_tally(&reader->tally, records, read_some(records, BATCH));
  return NULL;
}

void start_reader(struct reader *reader, uint64_t until) {
  reader->until = until;
  CHECK_EQ(pthread_create(&reader->thread, NULL, read_until, reader), 0);
}

void join_reader(struct reader *reader) {
  CHECK_EQ(pthread_join(reader->thread, NULL), 0);
}

void check_ledger(int signal, uint64_t arrived, const struct tally *tally) {
  struct heliograph_counts counts = ledger_of(signal);
  CHECK_EQ(counts.arrived, arrived);
  CHECK_EQ(counts.dispatched + counts.lost, arrived);
  CHECK_EQ(tally->details[signal], counts.dispatched);
  CHECK_EQ(tally->lost[signal], counts.lost);
  CHECK_EQ(tally->total[signal], arrived);
}

void open_and_catch(size_t pipe_bytes, int signal) {
  CHECK_OK(heliograph_open(pipe_bytes));
  CHECK_OK(heliograph_catch(signal));
}

struct sigaction action_of(int signal) {
  struct sigaction action;
  CHECK_EQ(sigaction(signal, NULL, &action), 0);
  return action;
}

void set_action(int signal, const struct sigaction *action) {
  CHECK_EQ(sigaction(signal, action, NULL), 0);
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  set_action(signal, &action);
}

void check_same_action(const struct sigaction *actual, const struct sigaction *expected) {
  /* SA_RESTORER is the C library's own: it appears by itself with the first sigaction() call. */
  const int of_the_libc = 0x04000000;
  CHECK(actual->sa_handler == expected->sa_handler);
  CHECK_EQ(actual->sa_flags & ~of_the_libc, expected->sa_flags & ~of_the_libc);
  for (int signal = 1; signal <= SIGRTMAX; signal++)
    CHECK_EQ(sigismember(&actual->sa_mask, signal), sigismember(&expected->sa_mask, signal));
}

void raise_surely(int signal) {
  while (raise(signal) != 0) {
    CHECK_EQ(errno, EAGAIN);
    sched_yield();
  }
}

void queue_surely(pid_t pid, int signal, int value) {
  while (sigqueue(pid, signal, (union sigval){.sival_int = value}) != 0) {
    CHECK_EQ(errno, EAGAIN);
    sched_yield();
  }
}

void limit_the_queue(unsigned long length) {
  struct rlimit limit;
  CHECK_EQ(getrlimit(RLIMIT_SIGPENDING, &limit), 0);
  limit.rlim_cur = length;
  CHECK_EQ(setrlimit(RLIMIT_SIGPENDING, &limit), 0);
}

static void change_mask(int how, int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  CHECK_EQ(pthread_sigmask(how, &set, NULL), 0);
}

void block(int signal) {
  change_mask(SIG_BLOCK, signal);
}

void unblock(int signal) {
  change_mask(SIG_UNBLOCK, signal);
}

void settle(void) {
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL,
                  &mask); /* any call that TSan intercepts: there it runs what it has put off */
}

bool is_blocked_here(int signal) {
  sigset_t mask;
  CHECK_EQ(pthread_sigmask(SIG_BLOCK, NULL, &mask), 0);
  return sigismember(&mask, signal) == 1;
}

bool proc_says(pid_t tid, const char *line, int signal) {
  char path[64];
  char text[256];
  unsigned long long bits;
  snprintf(path, sizeof path, "/proc/self/task/%d/status", (int)tid);
  FILE *status = fopen(path, "re");
  CHECK(status != NULL);
  do
    CHECK(fgets(text, sizeof text, status) != NULL);
  while (strncmp(text, line, strlen(line)) != 0);
  fclose(status);
  CHECK_EQ(sscanf(text + strlen(line), ":%llx", &bits), 1);
  return (bits >> (signal - 1) & 1) != 0;
}

/* Async-signal-safe: a case may wait for this inside a handler. "12 (name) S …", and our names have no
 * parenthesis. */
bool is_asleep(pid_t tid) {
  char path[64] = "/proc/";
  char text[64];
  char digits[16];
  size_t count = 0;
  for (; tid > 0; tid /= 10)
    digits[count++] = (char)('0' + tid % 10);
  char *end = path + strlen(path);
  while (count > 0)
    *end++ = digits[--count];
  strcpy(end, "/stat");
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  text[length < 0 ? 0 : length] = '\0';
  const char *state = strchr(text, ')');
  return state != NULL && state[1] == ' ' && state[2] == 'S';
}

pid_t thread_id(void) {
  return (pid_t)syscall(SYS_gettid);
}

int open_descriptors(void) {
  int count = 0;
  DIR *directory = opendir("/proc/self/fd");
  CHECK(directory != NULL);
  while (readdir(directory) != NULL)
    count++;
  closedir(directory);
  return count;
}

pid_t start_child(void (*body)(void)) {
  pid_t parent = getpid();
  pid_t child = fork();
  CHECK(child >= 0);
  if (child != 0)
    return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  CHECK_EQ(getppid(), parent);
  body();
  _exit(0);
}

int status_of(pid_t child) {
  int status;
  CHECK_EQ(waitpid(child, &status, 0), child);
  return status;
}

void check_exits_with_0(pid_t child) {
  int status = status_of(child);
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), 0);
}

void check_dies_by(pid_t child, int signal) {
  int status = status_of(child);
  CHECK(WIFSIGNALED(status));
  CHECK_EQ(WTERMSIG(status), signal);
}
