package io.heliograph;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Where a worker runs. Whichever is chosen, the events of one registration come in order and one at a time.
 *
 * <p>Between dispatcher and worker stands a mailbox of {@value #MAILBOX_CAPACITY} events ({@link Inline} needs none).
 * What a full mailbox cannot take is counted, and told to the worker in a {@link SignalEvent.Lost} in its place in the
 * order.
 */
public sealed interface Delivery {
    /** How many events wait for a slow worker before further ones are counted instead of kept. */
    int MAILBOX_CAPACITY = 16_384;

    /**
     * On a daemon thread of the registration's own, started when it is made: a slow worker delays nobody else, and no
     * thread is created when a signal arrives. The default.
     */
    static Delivery ownThread() {
        return OwnThread.INSTANCE;
    }

    /**
     * On the dispatcher's thread: the fastest, for workers that neither block nor take long. While one runs, no signal of
     * the process is dispatched.
     */
    static Delivery inline() {
        return Inline.INSTANCE;
    }

    /**
     * On the executor's threads: the dispatcher hands it a task whenever events are there and none is running. Events
     * whose task the executor rejects stay in the mailbox, and are handled when the next event's task is accepted; the
     * rejection goes to the dispatcher's uncaught exception handler. Give an executor that does not reject.
     */
    static Delivery on(Executor executor) {
        return new OnExecutor(Objects.requireNonNull(executor, "executor is null: give an Executor"));
    }

    /**
     * The same, and the sender is looked at when the signal arrives: {@link Sender#identity()} and {@link
     * Sender#ancestors()} then tell of a sender that ends at once, as {@code kill(1)} does.
     *
     * <p>The signal handler reads two files of {@code /proc} for that, on the thread that it interrupts, some 60
     * microseconds; the dispatcher reads some more before it hands the event on. Signals whose sender no registration wants
     * cost nothing more. Real-time signals, and those that the kernel or this process sends, are not looked at. Reading
     * the sender's command line may wait for the sender's memory (docs/limits.md).
     */
    default Delivery withSender() {
        return this instanceof WithSender ? this : new WithSender(this);
    }

    /** See {@link #ownThread()}. */
    enum OwnThread implements Delivery {
        INSTANCE
    }

    /** See {@link #inline()}. */
    enum Inline implements Delivery {
        INSTANCE
    }

    /** See {@link #on(Executor)}. */
    record OnExecutor(Executor executor) implements Delivery {}

    /** See {@link #withSender()}. */
    record WithSender(Delivery delivery) implements Delivery {}
}
