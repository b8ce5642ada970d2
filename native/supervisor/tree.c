#include "tree.h"

#include "process.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static bool append(struct tree *tree, pid_t pid) {
  if (tree->count == tree->room) {
    size_t room = tree->room == 0 ? 64 : 2 * tree->room;
    pid_t *pids = realloc(tree->pids, room * sizeof *pids);
    if (pids == NULL)
      return false;
    tree->pids = pids;
    tree->room = room;
  }
  tree->pids[tree->count++] = pid;
  return true;
}

void tree_add(struct tree *tree, pid_t pid) {
  if (!tree_has(tree, pid))
    (void)append(tree, pid);
}

bool tree_remove(struct tree *tree, pid_t pid) {
  size_t kept = 0;
  size_t count = tree->count;
  for (size_t i = 0; i < count; i++)
    if (tree->pids[i] != pid)
      tree->pids[kept++] = tree->pids[i];
  tree->count = kept;
  return kept < count;
}

/* 0 where the text is no number: the other names in /proc. */
static pid_t number(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  return end == text || (*end != '\0' && !isspace((unsigned char)*end)) ? 0 : (pid_t)value;
}

/* Numbers with a blank behind each. */
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

/* The kernel keeps children by the thread that has them. False where no thread's could be read. */
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

bool tree_look_at_children(struct tree *tree, tree_end *is_end) {
  if (!add_children(tree, getpid()))
    return false;
  for (size_t i = 0; i < tree->count; i++)
    if (is_end == NULL || !is_end(tree->pids[i]))
      (void)add_children(tree, tree->pids[i]); /* it may have ended */
  return true;
}

static void read_all(struct tree *all, struct tree *parents) {
  DIR *processes = opendir("/proc");
  if (processes == NULL)
    return;
  for (struct dirent *entry = readdir(processes); entry != NULL; entry = readdir(processes)) {
    pid_t pid = number(entry->d_name);
    pid_t parent = pid > 0 ? process_parent(pid) : 0;
    if (parent > 0 && append(all, pid) && !append(parents, parent))
      all->count--;
  }
  closedir(processes);
}

void tree_look_at_all(struct tree *tree, tree_end *is_end) {
  struct tree all = {0};
  struct tree parents = {0};
  pid_t self = getpid();
  size_t before;
  read_all(&all, &parents);
  do {
    before = tree->count;
    for (size_t i = 0; i < all.count; i++)
      if (parents.pids[i] == self ||
          (tree_has(tree, parents.pids[i]) && (is_end == NULL || !is_end(parents.pids[i]))))
        tree_add(tree, all.pids[i]);
  } while (tree->count > before);
  tree_free(&all);
  tree_free(&parents);
}

void tree_look_below(struct tree *tree, pid_t parent) {
  (void)add_children(tree, parent); /* it may have ended */
}

void tree_look(struct tree *tree, tree_end *is_end) {
  if (!tree_look_at_children(tree, is_end))
    tree_look_at_all(tree, is_end);
}
