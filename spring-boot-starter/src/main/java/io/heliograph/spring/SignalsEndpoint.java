package io.heliograph.spring;

import io.heliograph.Disposition;
import io.heliograph.Signals;
import io.heliograph.management.CountsData;
import io.heliograph.management.DispositionData;
import io.heliograph.management.Management;
import io.heliograph.management.SenderData;
import io.heliograph.management.SignalsMXBean;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The actuator endpoint {@code signals}: what each signal does to this process. As JSON it has what {@link
 * SignalsMXBean} has; as {@code text/plain} it is the doctor's table. Each read makes a system call for each signal and
 * reads a file of {@code /proc} for each thread. Any thread may read.
 * Without the native library the application has no such endpoint.
 */
@Endpoint(id = "signals")
public class SignalsEndpoint {
    SignalsEndpoint() {}

    /** {@return the dispositions, the ledger and the last senders, each by the names of the signals} */
    @ReadOperation
    public SignalsDescriptor signals() {
        SignalsMXBean bean = Management.bean();
        return new SignalsDescriptor(bean.getDispositions(), bean.getLedger(), bean.getLastSenders());
    }

    /** {@return the table of {@link Disposition#table}} */
    @ReadOperation(produces = "text/plain;charset=UTF-8")
    public String table() {
        return Disposition.table(Signals.dispositions().values());
    }

    /**
     * The answer as JSON.
     *
     * @param dispositions of all signals
     * @param ledger of those that have arrived
     * @param lastSenders of those that a process sent
     */
    public record SignalsDescriptor(
            Map<String, DispositionData> dispositions,
            Map<String, CountsData> ledger,
            Map<String, SenderData> lastSenders)
            implements OperationResponseBody {}
}
