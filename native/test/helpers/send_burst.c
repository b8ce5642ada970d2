/*
 * send_burst PID COUNT SPEC…
 *
 * Sends COUNT signals in all, SPEC after SPEC in turns, as fast as it can, and prints "sent SPEC N" for each
 * SPEC. A SPEC is kill:NAME or queue:NAME, the latter by sigqueue(3) with a number that counts up from 0 for
 * each SPEC. Where the receiver's queue is full it tries until there is room. NAME is as in kill -l (HUP,
 * RTMIN+3) or a number. A kill of a signal that is still pending is no second signal, so what arrives may be
 * less than was sent: see signal(7).
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define MOST_SPECS 64

struct spec {
  const char *text;
  bool queued;
  int signal;
  int sent;
};

struct named {
  const char *name;
  int signal;
};

static const struct named standard[] = {
    {"HUP", SIGHUP},   {"INT", SIGINT},   {"QUIT", SIGQUIT},   {"TRAP", SIGTRAP}, {"ABRT", SIGABRT},
    {"KILL", SIGKILL}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2},   {"PIPE", SIGPIPE}, {"ALRM", SIGALRM},
    {"TERM", SIGTERM}, {"CHLD", SIGCHLD}, {"CONT", SIGCONT},   {"STOP", SIGSTOP}, {"TSTP", SIGTSTP},
    {"TTIN", SIGTTIN}, {"TTOU", SIGTTOU}, {"URG", SIGURG},     {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ},
    {"PROF", SIGPROF}, {"IO", SIGIO},     {"WINCH", SIGWINCH}, {"PWR", SIGPWR},   {"SYS", SIGSYS},
};

static _Noreturn void usage(const char *wrong) {
  fprintf(stderr, "send_burst: not understood: %s\n", wrong);
  fputs("usage: send_burst PID COUNT kill:NAME|queue:NAME...\n", stderr);
  exit(64);
}

static int number(const char *text, int least, int most) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < least || value > most)
    usage(text);
  return (int)value;
}

static int signal_named(const char *name) {
  for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
    if (strcmp(name, standard[i].name) == 0)
      return standard[i].signal;
  if (strcmp(name, "RTMIN") == 0)
    return SIGRTMIN;
  if (strcmp(name, "RTMAX") == 0)
    return SIGRTMAX;
  if (strncmp(name, "RTMIN+", 6) == 0)
    return SIGRTMIN + number(name + 6, 0, SIGRTMAX - SIGRTMIN);
  return number(name, 1, SIGRTMAX);
}

static struct spec parse(const char *text) {
  struct spec spec = {.text = text};
  if (strncmp(text, "queue:", 6) == 0)
    spec.queued = true;
  else if (strncmp(text, "kill:", 5) != 0)
    usage(text);
  spec.signal = signal_named(strchr(text, ':') + 1);
  return spec;
}

static int try_to_send(pid_t pid, const struct spec *spec) {
  if (spec->queued)
    return sigqueue(pid, spec->signal, (union sigval){.sival_int = spec->sent});
  return kill(pid, spec->signal);
}

static void send(pid_t pid, struct spec *spec) {
  while (try_to_send(pid, spec) != 0) {
    if (errno != EAGAIN) {
      fprintf(stderr, "send_burst: %s after %d: %s\n", spec->text, spec->sent, strerror(errno));
      exit(1);
    }
    sched_yield();
  }
  spec->sent++;
}

int main(int argc, char **argv) {
  struct spec specs[MOST_SPECS];
  int count = argc - 3;
  if (count < 1 || count > MOST_SPECS)
    usage("the number of arguments");
  pid_t pid = number(argv[1], 1, 1 << 30);
  int to_send = number(argv[2], 0, 1 << 30);
  for (int i = 0; i < count; i++)
    specs[i] = parse(argv[3 + i]);
  for (int i = 0; i < to_send; i++)
    send(pid, &specs[i % count]);
  for (int i = 0; i < count; i++)
    printf("sent %s %d\n", specs[i].text, specs[i].sent);
  return 0;
}
