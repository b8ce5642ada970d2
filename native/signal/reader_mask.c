#include "signal/reader_mask.h"

#include "signal/slice.h"
#include "signal/state.h"

#include <sys/syscall.h>
#include <unistd.h>

static atomic_bool wants_short_slice;

static void change_mask(int how, uint64_t signals) {
  sigset_t set;
  sigemptyset(&set);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((signals & signal_bit(signal)) != 0)
      sigaddset(&set, signal);
  pthread_sigmask(how, &set, NULL);
}

/* Of the given signals, those that the calling thread blocks. */
static uint64_t blocked_here(uint64_t signals) {
  sigset_t mask;
  uint64_t blocked = 0;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((signals & signal_bit(signal)) != 0 && sigismember(&mask, signal) == 1)
      blocked |= signal_bit(signal);
  return blocked;
}

/* Returns whether this thread was not the reader before. */
static bool become_reader(void) {
  struct reader_thread *thread = &heliograph_this_thread;
  if (heliograph_is_reader())
    return false;
  if (atomic_load(&thread->tid) == 0)
    atomic_store(&thread->tid, (pid_t)syscall(SYS_gettid));
  atomic_store(&heliograph_state.reader, atomic_load(&thread->tid));
  return true;
}

int heliograph_set_short_slice(int is_short) {
  atomic_store(&wants_short_slice, is_short != 0);
  return heliograph_wake();
}

void heliograph_reader_reset_slice(void) {
  atomic_store(&wants_short_slice, false);
}

/* If the kernel refuses, the slice stays as it is: a signal then takes longer on a busy machine. */
static void adopt_slice(void) {
  static _Thread_local bool is_short;
  bool wanted = atomic_load(&wants_short_slice);
  if (wanted != is_short)
    (void)heliograph_slice_of_thread(0, wanted);
  is_short = wanted;
}

/* A thread can change its own mask only, so the reader does it before each wait. */
void heliograph_reader_adopt(void) {
  static _Thread_local uint64_t seen;
  static _Thread_local uint64_t unblocked;
  uint64_t wanted = atomic_load(&heliograph_state.unblock_in_reader);
  if (become_reader())
    seen = 0;
  adopt_slice();
  if (wanted == seen)
    return;
  uint64_t held_off =
      atomic_load(&heliograph_this_thread.held_off); /* heliograph_reader_let_in() unblocks these */
  uint64_t to_unblock = blocked_here(wanted & ~seen & ~held_off);
  uint64_t to_block = unblocked & ~wanted;
  seen = wanted;
  unblocked = (unblocked | to_unblock) & ~to_block;
  change_mask(SIG_BLOCK, to_block);
  atomic_fetch_and(&heliograph_this_thread.held_off, ~to_block);
  change_mask(SIG_UNBLOCK, to_unblock);
}

bool heliograph_reader_holds_off(void) {
  return atomic_load(&heliograph_this_thread.held_off) != 0;
}

void heliograph_reader_let_in(void) {
  heliograph_this_thread.written = 0;
  change_mask(SIG_UNBLOCK, atomic_exchange(&heliograph_this_thread.held_off, 0)); /* they arrive here */
}
