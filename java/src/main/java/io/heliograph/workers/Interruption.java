package io.heliograph.workers;

/** How a {@link WorkerGroup} asks its threads to end. Child processes get a signal in either case. */
public enum Interruption {
    /**
     * Java's way, the default: {@link Thread#interrupt()}. Blocking calls end, and {@link WorkerGroup#checkpoint()}
     * throws; a busy loop without a checkpoint does not notice.
     */
    INTERRUPT,
    /**
     * Python's way: the exception is raised inside the body, once, even in a busy loop. It can come between any two
     * steps: code that must not be interrupted belongs into {@link
     * WorkerGroup#unbroken(java.util.concurrent.Callable)}.
     *
     * <p>A body that waits in a lock, a queue or another blocking call of the JDK is interrupted instead. That call
     * then throws its own exception, mostly {@link InterruptedException}, and not the typed one. The group does not ask
     * again: a body that swallows it and goes on is forced at the end of the grace period. {@link
     * ThreadWorker#endedBy()} then has that exception.
     */
    RAISE
}
