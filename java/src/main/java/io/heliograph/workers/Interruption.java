package io.heliograph.workers;

/** How a {@link WorkerGroup} asks its threads to end. Child processes are sent a signal in either case. */
public enum Interruption {
    /**
     * Java's way, the default: {@link Thread#interrupt()}. Blocking calls end, and {@link WorkerGroup#checkpoint()}
     * throws; a busy loop without a checkpoint does not notice.
     */
    INTERRUPT,
    /**
     * Python's way: the exception is raised inside the body, wherever it is, in a busy loop too, once a body. As there, it
     * can come between any two steps: what must not be broken off belongs into
     * {@link WorkerGroup#unbroken(java.util.concurrent.Callable)}.
     *
     * <p>A body that waits in a lock, a queue or another blocking call of the JDK is interrupted instead, and what comes out
     * is that call's own exception, {@link InterruptedException} for most, and not the typed one. That counts: a body
     * that swallows it and goes on is not told again, and is forced at the end of the grace period. {@link
     * ThreadWorker#endedBy()} then has that exception.
     */
    RAISE
}
