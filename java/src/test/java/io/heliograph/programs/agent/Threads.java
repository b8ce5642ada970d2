package io.heliograph.programs.agent;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has threads of the kinds that a thread dump is to show: one with a name that was made to harm, two that wait for each
 * other for ever, and on Java 21 and later a virtual one that waits. It says "ready", and then lives until its standard input ends.
 */
public final class Threads {
    private Threads() {}

    public static void main(String[] args) throws Exception {
        start("hostile\u001b[31m\nheliograph: \"", () -> park());
        deadlock(new Object(), new ReentrantLock());
        if (Runtime.version().feature() >= 21) {
            startVirtual();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // The threads are there to be looked at.
        }
    }

    private static void deadlock(Object monitor, ReentrantLock lock) throws InterruptedException {
        CountDownLatch bothHaveOne = new CountDownLatch(2);
        Thread one = start("monitor first", () -> {
            synchronized (monitor) {
                bothHaveOne.countDown();
                await(bothHaveOne);
                lock.lock();
            }
        });
        Thread other = start("lock first", () -> {
            lock.lock();
            bothHaveOne.countDown();
            await(bothHaveOne);
            synchronized (monitor) {
                System.out.println("never");
            }
        });
        while (one.getState() != Thread.State.WAITING || other.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
    }

    private static Thread start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void startVirtual() throws ReflectiveOperationException {
        CountDownLatch running = new CountDownLatch(1);
        Runnable body = () -> {
            running.countDown();
            parkVirtually();
        };
        try {
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
            thread.setName("light");
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
        await(running);
    }

    private static void parkVirtually() {
        park();
    }

    private static void park() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
