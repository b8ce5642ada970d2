package io.heliograph.workers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A pool of a {@link WorkerGroup}. A limited number of its workers are at work; the others wait in order. When the
 * group ends, waiting workers never start.
 *
 * <p>Any thread may call its methods. Each place in the pool has a thread, which starts with the first worker that
 * needs it and ends when no worker waits. {@link WorkerGroup#join()} throws failures of workers, among them programs
 * that cannot run.
 */
public final class WorkerPool {
    private final GroupState group;
    private final WorkerFactory workers;
    private final int most;
    /** Under the group's lock, as the next two. */
    private final Queue<GroupWorker> waiting = new ArrayDeque<>();

    private int places;
    private int unfinished;

    WorkerPool(GroupState group, WorkerFactory workers, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a pool of " + most + " can't work: give at least 1");
        }
        this.group = group;
        this.workers = workers;
        this.most = most;
    }

    /**
     * A body for one of the pool's platform threads, as {@link WorkerGroup#thread}.
     *
     * @param name the worker's name, for messages and threads
     * @param body the code to run
     * @return the worker, which starts when its turn comes
     */
    public ThreadWorker thread(String name, Body body) {
        return submit(workers.thread(name, body));
    }

    /**
     * A body for a virtual thread, as {@link WorkerGroup#virtual}.
     *
     * @param name the worker's name, for messages and threads
     * @param body the code to run
     * @return the worker, which starts when its turn comes
     */
    public ThreadWorker virtual(String name, Body body) {
        return submit(workers.virtual(name, body));
    }

    /**
     * A child process, as {@link WorkerGroup#process}, which starts when its turn comes. This neither blocks nor throws
     * what the start throws. Do not change the builder before the start.
     *
     * @param name the worker's name, for messages and threads
     * @param builder the command and its surroundings
     * @return the worker, which starts when its turn comes
     */
    public ProcessWorker process(String name, ProcessBuilder builder) {
        return submit(workers.process(name, builder));
    }

    /**
     * A child JVM, as {@link WorkerGroup#javaProcess(String, Class, String...)}.
     *
     * @param name the worker's name, for messages and threads
     * @param mainClass the class with the main method, on this JVM's class path
     * @param args the arguments of its main method
     * @return the worker, which starts when its turn comes
     */
    public ProcessWorker javaProcess(String name, Class<?> mainClass, String... args) {
        return javaProcess(name, JavaCommand.of(mainClass, args));
    }

    /**
     * A child JVM, as {@link WorkerGroup#javaProcess(String, JavaCommand)}.
     *
     * @param name the worker's name, for messages and threads
     * @param command the command of the child JVM
     * @return the worker, which starts when its turn comes
     */
    public ProcessWorker javaProcess(String name, JavaCommand command) {
        return submit(workers.process(name, command.toProcessBuilder()));
    }

    /**
     * Waits until the pool has no worker left. Does not throw failures: {@link WorkerGroup#join()} does. In another
     * worker of the group it is a blocking call like any other, which the group can interrupt.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ends the group; thrown when all its workers have ended
     * @throws InterruptedException as {@link WorkerGroup#join()}
     * @throws IllegalStateException if a worker of the pool itself calls it, for it would wait for itself
     */
    public void join() throws InterruptedException {
        requireOutsider();
        GroupJoin.join(group, () -> unfinished == 0, Deadline.NEVER, false);
    }

    /**
     * As {@link #join()}, but with a time limit.
     *
     * @param time how long to wait; zero or less does not wait
     * @return false if the time was over before
     * @throws InterruptedException as {@link #join()}
     */
    public boolean join(Duration time) throws InterruptedException {
        requireOutsider();
        return GroupJoin.join(group, () -> unfinished == 0, Deadline.in(time), false);
    }

    private void requireOutsider() {
        GroupThread self = GroupThread.current();
        if (self != null && self.pool() == this) {
            throw new IllegalStateException(
                    self.name() + " can't join the pool that it works for: it would wait for itself");
        }
    }

    private <M extends GroupWorker> M submit(M worker) {
        boolean needsPlace;
        worker.setPool(this);
        synchronized (group) {
            group.admit(worker);
            waiting.add(worker);
            unfinished++;
            needsPlace = places < most;
            places += needsPlace ? 1 : 0;
        }
        if (needsPlace) {
            startPlace(worker);
        }
        return worker;
    }

    private void startPlace(GroupWorker worker) {
        try {
            Thread thread = new Thread(null, this::work, "heliograph-pool", 0, true);
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable noThread) {
            synchronized (group) {
                if (--places > 0 || !waiting.remove(worker)) {
                    return; // another place will take it
                }
                unfinished--;
                group.withdraw(worker, noThread);
                failWaiting(noThread);
            }
            throw noThread;
        }
    }

    /**
     * No thread is left for the waiting workers: another caller, whose thread could not start either, has left its
     * worker to this place.
     */
    private void failWaiting(Throwable noThread) {
        unfinished -= waiting.size();
        for (GroupWorker left = waiting.poll(); left != null; left = waiting.poll()) {
            group.ended(left, new WorkerFailure(left.name(), noThread.toString(), noThread), null);
        }
    }

    private void work() {
        for (GroupWorker worker = next(null); worker != null; worker = next(worker)) {
            try {
                worker.runToEnd();
            } finally {
                synchronized (group) {
                    unfinished--;
                    group.notifyAll();
                }
            }
        }
    }

    /** The next worker; null if none waits or the group ends, and then the place ends. */
    private @Nullable GroupWorker next(@Nullable GroupWorker last) {
        Thread.currentThread().setName("heliograph-pool");
        if (last instanceof GroupProcess) {
            GroupSignals.awaitArrived(); // a process that reads the terminal may have died from its Ctrl-C
        }
        synchronized (group) {
            if (group.isEnding()) {
                unfinished -= waiting.size();
                waiting.clear();
            }
            GroupWorker worker = waiting.poll();
            places -= worker == null ? 1 : 0;
            return worker;
        }
    }
}
