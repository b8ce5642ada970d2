package io.heliograph.workers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A pool of a {@link WorkerGroup}: at most so many of its workers are at work, the others wait for their turn, in the order in
 * which they were given. When the group ends, those that wait never start.
 *
 * <p>Any thread may call its methods. Each of the pool's places has a thread of its own, which is started with the
 * worker that needs it, and ends when nothing waits any more. What fails when a worker's turn has come, also a program that
 * can't be run, comes back from {@link WorkerGroup#join()}.
 */
public final class WorkerPool {
    private final Course course;
    private final Members members;
    private final int most;
    /** These under the course's lock. */
    private final Queue<Member> waiting = new ArrayDeque<>();

    private int places;
    private int unfinished;

    WorkerPool(Course course, Members members, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a pool of " + most + " can't work: give at least 1");
        }
        this.course = course;
        this.members = members;
        this.most = most;
    }

    /** A body for one of the pool's platform threads, as {@link WorkerGroup#thread}. */
    public ThreadWorker thread(String name, Body body) {
        return submit(members.thread(name, body));
    }

    /** A body for a virtual thread, as {@link WorkerGroup#virtual}. */
    public ThreadWorker virtual(String name, Body body) {
        return submit(members.virtual(name, body));
    }

    /**
     * A child process, which is started when its turn has come: as {@link WorkerGroup#process}, but this neither blocks nor
     * throws what the start fails with. The builder is not to be changed before that.
     */
    public ProcessWorker process(String name, ProcessBuilder builder) {
        return submit(members.process(name, builder));
    }

    /** A child JVM, as {@link WorkerGroup#javaProcess(String, Class, String...)}. */
    public ProcessWorker javaProcess(String name, Class<?> mainClass, String... args) {
        return javaProcess(name, JavaCommand.of(mainClass, args));
    }

    /** A child JVM, as {@link WorkerGroup#javaProcess(String, JavaCommand)}. */
    public ProcessWorker javaProcess(String name, JavaCommand command) {
        return submit(members.process(name, command.toProcessBuilder()));
    }

    /**
     * Waits until the pool has nothing to do any more. Does not throw what workers failed with: {@link WorkerGroup#join()}
     * does. Another worker of the group may call it: there it is a blocking call like any other, which ends as the
     * {@link Interruption} says.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ends the group, when all its workers have ended
     * @throws InterruptedException as {@link WorkerGroup#join()}
     * @throws IllegalStateException if a worker of the pool itself calls it, which would wait for itself
     */
    public void join() throws InterruptedException {
        requireOutsider();
        course.join(() -> unfinished == 0, Deadline.NEVER, false);
    }

    /** As {@link #join()}, but not longer than this; whether the pool has nothing to do any more. */
    public boolean join(Duration time) throws InterruptedException {
        requireOutsider();
        return course.join(() -> unfinished == 0, Deadline.in(time), false);
    }

    private void requireOutsider() {
        ThreadMember self = ThreadMember.current();
        if (self != null && self.pool() == this) {
            throw new IllegalStateException(
                    self.name() + " can't join the pool that it works for: it would wait for itself");
        }
    }

    private <M extends Member> M submit(M member) {
        boolean needsPlace;
        member.setPool(this);
        synchronized (course) {
            course.admit(member);
            waiting.add(member);
            unfinished++;
            needsPlace = places < most;
            places += needsPlace ? 1 : 0;
        }
        if (needsPlace) {
            startPlace(member);
        }
        return member;
    }

    private void startPlace(Member member) {
        try {
            Thread thread = new Thread(null, this::work, "heliograph-pool", 0, true);
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable noThread) {
            synchronized (course) {
                if (--places > 0 || !waiting.remove(member)) {
                    return; // another place will come to it
                }
                unfinished--;
                course.withdraw(member, noThread);
                failWaiting(noThread);
            }
            throw noThread;
        }
    }

    /** Nobody comes to them: another thread, whose place could not be started either, has left its worker to ours. */
    private void failWaiting(Throwable noThread) {
        unfinished -= waiting.size();
        for (Member left = waiting.poll(); left != null; left = waiting.poll()) {
            course.ended(left, new WorkerFailure(left.name(), noThread.toString(), noThread), null);
        }
    }

    private void work() {
        for (Member member = next(null); member != null; member = next(member)) {
            try {
                member.runToEnd();
            } finally {
                synchronized (course) {
                    unfinished--;
                    course.notifyAll();
                }
            }
        }
    }

    /** The next one's turn; null if none waits, or the group ends, and the place with it. */
    private @Nullable Member next(@Nullable Member last) {
        Thread.currentThread().setName("heliograph-pool");
        if (last instanceof ProcessMember) {
            GroupSignals.awaitArrived(); // one that reads the terminal may have ended by its Ctrl-C
        }
        synchronized (course) {
            if (course.isEnding()) {
                unfinished -= waiting.size();
                waiting.clear();
            }
            Member member = waiting.poll();
            places -= member == null ? 1 : 0;
            return member;
        }
    }
}
