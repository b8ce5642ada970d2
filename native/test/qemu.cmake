# What qemu-user 7.2 cannot run, seen for aarch64 on x86_64: docs/platforms.md. All others run there, and must pass.
set(not_under_qemu
  # clone(2) with CLONE_VM and vfork(2): qemu refuses the one and makes fork(2) of the other.
  child.a_signal_that_was_ignored_does_nothing_to_it
  child.a_signal_whose_default_is_nothing_does_nothing_to_it
  child.a_thread_by_clone_is_of_the_parent
  child.it_dies_from_a_caught_signal_that_was_at_its_default
  child.it_dies_from_an_observed_signal_that_was_at_its_default
  child.it_stops_and_goes_on
  child.the_handler_that_was_there_is_called_in_it
  child.under_fire_nothing_is_lost_or_counted_twice
  child.where_it_shares_the_dispositions_it_is_killed
  # qemu itself dies from SIGSEGV while many signals arrive.
  close_race.no_signal_is_lost_between_catching_and_closing
  close_race.no_signal_is_lost_while_the_disposition_changes
  # qemu emulates dispositions, masks and the order of signals, and /proc shows its own.
  disposition.every_other_signal_can_be_caught
  disposition.ignore_and_default_are_the_kernels_own
  handler.sequence_is_one_order_over_all_signals
  observe.a_default_action_that_is_due_is_told
  observe.observe_default_tells_that_the_default_is_due
  watchdog.the_thread_is_there_before_a_signal_comes_and_takes_none_itself
  # They execute a program of their own processor (no binfmt), or look at one by /proc, which shows qemu's.
  libc_sigaction.the_librarys_reaches_the_kernel_past_it
  lineage.a_grandparent_that_has_ended_is_said_to_have_ended
  sender.what_the_handler_saw_outlives_the_sender)

# These rooms execute programs of their own processor, and the supervisor needs PR_SET_CHILD_SUBREAPER.
get_property(tests DIRECTORY PROPERTY TESTS)
foreach(test IN LISTS tests)
  get_property(labels TEST ${test} PROPERTY LABELS)
  if(test IN_LIST not_under_qemu OR labels MATCHES "supervisor|helpers")
    set_tests_properties(${test} PROPERTIES DISABLED ON)
  endif()
endforeach()
