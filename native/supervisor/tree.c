#include "supervisor/tree.h"

#include "supervisor/process.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

bool tree_has(const struct tree *tree, pid_t pid) {
  for (size_t i = 0; i < tree->count; i++)
    if (tree->pids[i] == pid)
      return true;
  return false;
}

void tree_free(struct tree *tree) {
  free(tree->pids);
  *tree = (struct tree){0};
}

void tree_add(struct tree *tree, pid_t pid) {
  if (tree_has(tree, pid) || (tree->leaves_out != NULL && tree->leaves_out(pid)))
    return;
  if (tree->count == tree->room) {
    size_t room = tree->room == 0 ? 64 : 2 * tree->room;
    pid_t *pids = realloc(tree->pids, room * sizeof *pids);
    if (pids == NULL)
      return;
    tree->pids = pids;
    tree->room = room;
  }
  tree->pids[tree->count++] = pid;
}

/* 0 if the text is no number, as some names in /proc. */
static pid_t number(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  return end == text || (*end != '\0' && !isspace((unsigned char)*end)) ? 0 : (pid_t)value;
}

/* The file has numbers with a blank behind each. */
static bool add_children_of_thread(struct tree *tree, pid_t pid, const char *thread) {
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/%d/task/%.20s/children", (int)pid, thread);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return false;
  char *word = NULL;
  size_t room = 0;
  while (getdelim(&word, &room, ' ', file) > 0)
    if (number(word) > 0)
      tree_add(tree, number(word));
  free(word);
  (void)fclose(file);
  return true;
}

/* The kernel lists children by the thread that has them. False if no thread's list could be read. */
static bool add_children(struct tree *tree, pid_t pid) {
  char path[64];
  bool any = false;
  (void)snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
  DIR *threads = opendir(path);
  if (threads == NULL)
    return false;
  for (struct dirent *thread = readdir(threads); thread != NULL; thread = readdir(threads))
    if (number(thread->d_name) > 0)
      any |= add_children_of_thread(tree, pid, thread->d_name);
  closedir(threads);
  return any;
}

void tree_add_children(struct tree *tree) {
  (void)add_children(tree, getpid());
}

/* A process whose parent ends meanwhile becomes our child (PR_SET_CHILD_SUBREAPER of prctl(2)). So this reads
 * our children again, until it finds no new one. */
bool tree_look_at_children(struct tree *tree) {
  size_t looked_at = 0;
  size_t before;
  do {
    before = tree->count;
    if (!add_children(tree, getpid()))
      return false;
    for (; looked_at < tree->count; looked_at++)
      (void)add_children(tree, tree->pids[looked_at]); /* it may have ended */
  } while (tree->count > before);
  return true;
}

/* Each time the whole of /proc, until nothing new is found. */
void tree_look_at_all(struct tree *tree) {
  size_t before;
  do {
    before = tree->count;
    DIR *processes = opendir("/proc");
    if (processes == NULL)
      return;
    for (struct dirent *entry = readdir(processes); entry != NULL; entry = readdir(processes)) {
      pid_t pid = number(entry->d_name);
      pid_t parent = pid > 0 ? process_parent(pid) : 0;
      if (parent > 0 && (parent == getpid() || tree_has(tree, parent)))
        tree_add(tree, pid);
    }
    closedir(processes);
  } while (tree->count > before);
}

void tree_look(struct tree *tree) {
  if (!tree_look_at_children(tree))
    tree_look_at_all(tree);
}

/*
 * A stranger is neither our child nor a child of the tree: it has been given the pid of a process that is
 * gone. Where /proc hides a process (proc(5), hidepid) nothing is known of it, and we may not signal it
 * either.
 */
static bool is_stranger(const struct tree *tree, pid_t pid) {
  pid_t parent = process_parent(pid);
  return parent != 0 && parent != getpid() && !tree_has(tree, parent);
}

/*
 * A pid can be given to another process as soon as the parent has waited for the old one. So this opens the
 * process (pidfd_open(2)) and then looks at it. A kernel before 5.3 has the look alone. Where a seccomp
 * filter denies pidfd_send_signal(2), kill(2) serves; it also repeats an EPERM that is the kernel's own.
 */
int tree_signal(const struct tree *tree, pid_t pid, int signal) {
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  bool is_gone = fd < 0 && errno == ESRCH;
  int result = -1;
  if (is_gone || is_stranger(tree, pid))
    errno = ESRCH;
  else if (syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0) == 0)
    result = 0;
  else if (errno != ESRCH) /* EBADF without a descriptor */
    result = kill(pid, signal);
  result = result == 0 ? 0 : -errno;
  if (fd >= 0)
    close(fd);
  return result;
}
