#include "steered.h"

#include "test.h"

#include <sched.h>
#include <stdio.h>
#include <unistd.h>

static void *idle(void *argument) {
  struct idler *idler = argument;
  if (idler->blocks != 0)
    block(idler->blocks);
  atomic_store(&idler->tid, thread_id());
  while (sem_wait(&idler->end) != 0)
    CHECK_EQ(errno, EINTR);
  return NULL;
}

void start_idler(struct idler *idler, int blocks) {
  idler->blocks = blocks;
  atomic_store(&idler->tid, 0);
  CHECK_EQ(sem_init(&idler->end, 0, 0), 0);
  CHECK_EQ(pthread_create(&idler->thread, NULL, idle, idler), 0);
  while (atomic_load(&idler->tid) == 0)
    sched_yield();
}

void end_idler(struct idler *idler) {
  CHECK_EQ(sem_post(&idler->end), 0);
  CHECK_EQ(pthread_join(idler->thread, NULL), 0);
}

bool blocks(const struct idler *idler, int signal) {
  return proc_says(atomic_load(&idler->tid), "SigBlk", signal);
}

void await_gone(pid_t tid) {
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/self/task/%d", (int)tid);
  while (access(path, F_OK) == 0)
    sched_yield();
}

void start_reading(struct reader *reader, uint64_t until) {
  start_reader(reader, until);
  while (atomic_load(&reader->tid) == 0 || !is_asleep(atomic_load(&reader->tid)))
    sched_yield();
}

void send_and_await(int signal, int count) {
  for (int i = 0; i < count; i++) {
    uint64_t before = ledger_of(signal).arrived;
    CHECK_EQ(kill(getpid(), signal), 0);
    while (ledger_of(signal).arrived == before)
      sched_yield();
  }
}

void check_arrived(int signal, uint64_t arrived, uint64_t elsewhere) {
  CHECK_EQ(ledger_of(signal).arrived, arrived);
  CHECK_EQ(ledger_of(signal).elsewhere, elsewhere);
}

bool is_steered(int signal) {
  return (heliograph_steered() >> (signal - 1) & 1) != 0;
}

bool is_to_threads(int signal) {
  return (heliograph_sent_to_threads() >> (signal - 1) & 1) != 0;
}

void do_nothing(int signal) {
  (void)signal;
}
