/* The frames of a suspended thread, in one call: JVMTI walks from the top for each. */
#include "raise/raise.h"

#include <stddef.h>
#include <string.h>

void heliograph_raise_take_stack(jthread thread, struct heliograph_raise_stack *stack) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jint depth = 0;
  unsigned char *room = NULL;
  stack->frames = NULL;
  stack->count = 0;
  if ((*jvmti)->GetFrameCount(jvmti, thread, &depth) != JVMTI_ERROR_NONE || depth == 0)
    return;
  jlong size = (jlong)depth * (jlong)sizeof(jvmtiFrameInfo);
  if ((*jvmti)->Allocate(jvmti, size, &room) != JVMTI_ERROR_NONE)
    return;
  stack->frames = (jvmtiFrameInfo *)(void *)room;
  if ((*jvmti)->GetStackTrace(jvmti, thread, 0, depth, stack->frames, &stack->count) != JVMTI_ERROR_NONE)
    heliograph_raise_free_stack(stack);
}

void heliograph_raise_free_stack(struct heliograph_raise_stack *stack) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)stack->frames);
  stack->frames = NULL;
  stack->count = 0;
}

bool heliograph_raise_is_same_stack(const struct heliograph_raise_stack *one,
                                    const struct heliograph_raise_stack *other) {
  if (one->count != other->count)
    return false;
  for (jint i = 0; i < one->count; i++) {
    if (one->frames[i].method != other->frames[i].method)
      return false;
    if (i > 0 && one->frames[i].location != other->frames[i].location)
      return false;
  }
  return true;
}
