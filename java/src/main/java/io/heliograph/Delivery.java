package io.heliograph;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Where a worker runs. With each of them, the events of one registration come in order and one at a time.
 *
 * <p>A mailbox of {@value #MAILBOX_CAPACITY} events stands between dispatcher and worker ({@link Inline} needs none). A
 * full mailbox counts further events. The worker gets the count as a {@link SignalEvent.Lost}, in its place in the
 * order.
 */
public sealed interface Delivery {
    /** How many events wait for a slow worker; further ones are counted. */
    int MAILBOX_CAPACITY = 16_384;

    /**
     * On a daemon thread of the registration's own, which starts with the registration. A slow worker delays no other
     * worker, and no thread starts when a signal arrives. The default.
     *
     * @return the delivery
     */
    static Delivery ownThread() {
        return OwnThread.INSTANCE;
    }

    /**
     * On the dispatcher's thread: the fastest, for short workers that do not block. While one runs, no other signal is
     * dispatched.
     *
     * @return the delivery
     */
    static Delivery inline() {
        return Inline.INSTANCE;
    }

    /**
     * On the executor's threads. The dispatcher submits a task when there are events and no task is running. If the
     * executor rejects a task, its events stay in the mailbox until the next event's task is accepted, and the
     * rejection goes to the dispatcher's uncaught exception handler. Use an executor that does not reject.
     *
     * @param executor the executor, which the registration does not shut down
     * @return the delivery
     */
    static Delivery on(Executor executor) {
        return new OnExecutor(Objects.requireNonNull(executor, "executor is null: give an Executor"));
    }

    /**
     * The same delivery, with the sender captured when the signal arrives. {@link Sender#identity()} and {@link
     * Sender#ancestors()} then know a sender that ends at once, as {@code kill(1)} does.
     *
     * <p>The signal handler reads two files of {@code /proc}, for some 60 microseconds, on the thread that it
     * interrupts. The dispatcher reads some more before it hands the event over. Other signals cost nothing more. The
     * handler captures no sender of a real-time signal, and none of a signal from the kernel or this process. Reading
     * the command line may block on the sender's memory (docs/limits.md).
     *
     * @return this delivery with the sender
     */
    default Delivery withSender() {
        return this instanceof WithSender ? this : new WithSender(this);
    }

    /** See {@link #ownThread()}. */
    enum OwnThread implements Delivery {
        /** The only one. */
        INSTANCE
    }

    /** See {@link #inline()}. */
    enum Inline implements Delivery {
        /** The only one. */
        INSTANCE
    }

    /**
     * See {@link #on(Executor)}.
     *
     * @param executor the executor
     */
    record OnExecutor(Executor executor) implements Delivery {}

    /**
     * See {@link #withSender()}.
     *
     * @param delivery where the worker runs
     */
    record WithSender(Delivery delivery) implements Delivery {}
}
