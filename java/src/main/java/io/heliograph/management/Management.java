package io.heliograph.management;

import io.heliograph.Disposition;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Registers {@link SignalsMXBean} under the name {@value #NAME} in the platform's MBean server. */
public final class Management implements AutoCloseable {
    /** The object name. */
    public static final String NAME = "io.heliograph:type=Signals";

    private static int wanted;

    private boolean closed;

    private Management() {}

    /**
     * Registers the bean, unless it is registered already. It stays until every result of this method is closed. Makes
     * the platform's MBean server if there is none yet, which loads some hundred classes. It opens no port and starts
     * no JMX agent. Any thread may call it.
     *
     * @return the registration, to close
     * @throws IllegalStateException if something else has the name, as another copy of this library would
     */
    public static Management register() {
        synchronized (Management.class) {
            if (wanted == 0) {
                try {
                    StandardMBean bean = new StandardMBean(new Bean(), SignalsMXBean.class, true);
                    ManagementFactory.getPlatformMBeanServer().registerMBean(bean, new ObjectName(NAME));
                } catch (JMException refused) {
                    throw new IllegalStateException(
                            NAME + " can't be registered: " + refused.getMessage()
                                    + "; another copy of this library may have it",
                            refused);
                }
            }
            wanted++;
            return new Management();
        }
    }

    /**
     * The bean's values, without a registration and without an MBean server. Each read examines the process anew; its
     * methods throw {@link UnsatisfiedLinkError} without the native library. Any thread may call them.
     *
     * @return a bean of its own, which nobody has registered
     */
    public static SignalsMXBean bean() {
        return new Bean();
    }

    /** Removes the bean with the last registration of it. A second call does nothing. */
    @Override
    public void close() {
        synchronized (Management.class) {
            if (closed) {
                return;
            }
            closed = true;
            wanted--;
            if (wanted == 0) {
                try {
                    ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
                } catch (JMException goneBefore) {
                    // Other code has removed it before.
                }
            }
        }
    }

    private static final class Bean implements SignalsMXBean {
        @Override
        public SortedMap<String, DispositionData> getDispositions() {
            return byName(Signals.dispositions(), DispositionData::of);
        }

        @Override
        public SortedMap<String, CountsData> getLedger() {
            Ledger ledger = Signals.ledger();
            return byName(ledger.counts(), CountsData::of);
        }

        @Override
        public SortedMap<String, SenderData> getLastSenders() {
            SortedMap<String, SenderData> senders = new TreeMap<>();
            Signals.dispositions()
                    .forEach((signal, disposition) -> disposition
                            .last()
                            .ifPresent(event -> disposition
                                    .lastSender()
                                    .ifPresent(sender -> senders.put(signal.name(), SenderData.of(sender, event)))));
            return senders;
        }

        @Override
        public String getTable() {
            return Disposition.table(Signals.dispositions().values());
        }

        private static <T, D> SortedMap<String, D> byName(Map<Signal, T> values, Function<T, D> data) {
            SortedMap<String, D> named = new TreeMap<>();
            values.forEach((signal, value) -> named.put(signal.name(), data.apply(value)));
            return named;
        }
    }
}
