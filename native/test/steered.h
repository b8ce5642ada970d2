/* Threads to steer away from, and what the cases of steering ask. */
#ifndef HELIOGRAPH_TEST_STEERED_H
#define HELIOGRAPH_TEST_STEERED_H

#include "support.h"

#include <semaphore.h>

/* A thread that does nothing until it is told to end. */
struct idler {
  pthread_t thread;
  _Atomic(pid_t) tid;
  int blocks; /* a signal that it blocks by itself, or 0 */
  sem_t end;
};
void start_idler(struct idler *idler, int blocks);
void end_idler(struct idler *idler);
bool blocks(const struct idler *idler, int signal);

/* A thread that was joined may still be in /proc. */
void await_gone(pid_t tid);

/* Starts a reader, and waits until it sleeps. */
void start_reading(struct reader *reader, uint64_t until);

/* Sends to the process, one after the other has arrived. */
void send_and_await(int signal, int count);

/* Those that arrived, and those of them on another thread than the reader's. */
void check_arrived(int signal, uint64_t arrived, uint64_t elsewhere);

bool is_steered(int signal);
bool is_to_threads(int signal);

/* A handler. */
void do_nothing(int signal);

#endif
