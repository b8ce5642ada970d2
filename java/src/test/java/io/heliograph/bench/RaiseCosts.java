package io.heliograph.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heliograph.internal.raise.RaisingRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures what the capabilities that a raise needs cost a JVM in which nothing is raised: how often each piece of work is
 * done for a second of processor time. Four JVMs take turns, so that the machine is the same for all: one that takes nothing, another
 * such one, which shows how far two differ by themselves, one with the capabilities for platform threads, and one with those for
 * virtual threads too. It prints the medians of the ratios to the first; 1 is no cost.
 *
 * <pre>
 *   RaiseCosts TURNS [JVM_OPTION…]
 * </pre>
 */
public final class RaiseCosts {
    private static final long ROUND_NANOS = 50_000_000;
    private static final int WARM_UP = 10;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Object MONITOR = new Object();
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static volatile long sink;

    private RaiseCosts() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("none") || args[0].equals("platform") || args[0].equals("virtual")) {
            answer(args[0]);
            return;
        }
        int turns = Integer.parseInt(args[0]);
        List<String> options = List.of(args).subList(1, args.length);
        List<Contender> contenders = new ArrayList<>();
        for (String what : List.of("none", "none", "platform", "virtual")) {
            contenders.add(new Contender(what, options));
        }
        Map<String, List<double[]>> ratios = new LinkedHashMap<>();
        for (int turn = -WARM_UP; turn < turns; turn++) {
            Map<String, Double> base = contenders.get(0).turn();
            List<Map<String, Double>> others = new ArrayList<>();
            for (Contender contender : contenders.subList(1, contenders.size())) {
                others.add(contender.turn());
            }
            for (String name : base.keySet()) {
                double[] row = others.stream()
                        .mapToDouble(rates -> rates.get(name) / base.get(name))
                        .toArray();
                if (turn >= 0) {
                    ratios.computeIfAbsent(name, any -> new ArrayList<>()).add(row);
                }
            }
        }
        contenders.forEach(contender -> contender.process.destroy());
        ratios.forEach((name, rows) -> System.out.printf(
                "%-30s nothing again %.2f  platform %.2f  virtual too %.2f%n",
                name, median(rows, 0), median(rows, 1), median(rows, 2)));
    }

    private static double median(List<double[]> rows, int column) {
        double[] all = rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
        return all[all.length / 2];
    }

    /** One of the JVMs. */
    private static final class Contender {
        final Process process;
        private final BufferedReader in;
        private final PrintWriter out;

        Contender(String what, List<String> options) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElseThrow());
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), RaiseCosts.class.getName(), what));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = process.inputReader();
            out = new PrintWriter(process.outputWriter(), true);
        }

        Map<String, Double> turn() throws IOException {
            Map<String, Double> rates = new LinkedHashMap<>();
            out.println("go");
            for (String line = in.readLine(); !line.equals("done"); line = in.readLine()) {
                rates.put(line.split("=")[0], Double.parseDouble(line.split("=")[1]));
            }
            return rates;
        }
    }

    private static void answer(String what) throws Exception {
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("calls and allocation", RaiseCosts::compute);
        works.put("exceptions", RaiseCosts::throwAndCatch);
        works.put("monitors and locks", RaiseCosts::lock);
        boolean hasVirtual = Runtime.version().feature() >= 21;
        if (hasVirtual) {
            works.put("virtual threads, start to end", starter());
            works.put("virtual threads, yield", yielder());
        }
        if (!what.equals("none")) {
            new RaisingRun(what.equals("virtual") && hasVirtual);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            works.forEach((name, work) -> System.out.println(name + "=" + rate(work)));
            System.out.println("done");
        }
    }

    private static double rate(Runnable work) {
        long begin = System.nanoTime();
        long cpuBegin = PROCESS.getProcessCpuTime();
        long done = 0;
        while (System.nanoTime() - begin < ROUND_NANOS) {
            work.run();
            done++;
        }
        return (double) done / (PROCESS.getProcessCpuTime() - cpuBegin);
    }

    private static void compute() {
        Map<Integer, String> map = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            map.merge(i % 100, "x" + i, (a, b) -> a.length() > 20 ? b : a + b);
        }
        sink = map.hashCode();
    }

    private static void throwAndCatch() {
        for (int i = 0; i < 100; i++) {
            try {
                fail(i % 10);
            } catch (IllegalStateException expected) {
                sink = expected.getStackTrace().length;
            }
        }
    }

    private static int fail(int depth) {
        if (depth > 0) {
            return fail(depth - 1) + 1;
        }
        throw new IllegalStateException("thrown");
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    private static void lock() {
        for (int i = 0; i < 1000; i++) {
            synchronized (MONITOR) {
                sink = i;
            }
            LOCK.lock();
            try {
                sink = i;
            } finally {
                LOCK.unlock();
            }
        }
    }

    private static Runnable starter() throws ReflectiveOperationException {
        MethodHandle start = MethodHandles.publicLookup()
                .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        return () -> {
            try {
                List<Thread> threads = new ArrayList<>();
                Runnable task = () -> sink = 1;
                for (int i = 0; i < 100; i++) {
                    threads.add((Thread) start.invokeExact(task));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        };
    }

    private static Runnable yielder() throws ReflectiveOperationException {
        MethodHandle start = MethodHandles.publicLookup()
                .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        Runnable task = () -> {
            for (int i = 0; i < 1000; i++) {
                Thread.yield();
            }
        };
        return () -> {
            try {
                Thread thread = (Thread) start.invokeExact(task);
                thread.join();
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        };
    }
}
