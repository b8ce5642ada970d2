package io.heliograph.programs.agent;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.management.Management;
import io.heliograph.management.SignalsMXBean;
import io.heliograph.programs.Talk;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Tells what its MXBean tells. Run as an app that registers the bean itself, or under an agent that has or has not. */
public final class Managed {
    private Managed() {}

    public static void main(String[] args) throws Exception {
        Talk.say("servers " + MBeanServerFactory.findMBeanServer(null).size());
        Signals.on(Signal.USR1, event -> {}, Delivery.inline());
        Signals.send(ProcessHandle.current().pid(), Signal.USR1, 42);
        Talk.until(() -> Signals.ledger().of(Signal.USR1).dispatched() == 1);
        Talk.say("bean arrived=" + Management.bean().getLedger().get("USR1").getArrived() + " servers="
                + MBeanServerFactory.findMBeanServer(null).size());
        if (args[0].equals("registers")) {
            Management one = Management.register();
            Management other = Management.register();
            tell();
            one.close();
            one.close();
            Talk.say("after one close " + isRegistered());
            other.close();
        }
        Talk.say("registered " + isRegistered());
        if (isRegistered()) {
            tell();
        }
        Talk.hear("end");
        Talk.say("registered at the end " + isRegistered());
    }

    private static boolean isRegistered() throws JMException {
        return ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName(Management.NAME));
    }

    /** As open types, which a console without our classes sees, and through a proxy. */
    private static void tell() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.heliograph:type=Signals");
        CompositeData ledger = row(server.getAttribute(name, "Ledger"), "USR1");
        Talk.say("ledger arrived=" + ledger.get("arrived") + " dispatched=" + ledger.get("dispatched") + " lost="
                + ledger.get("lost"));
        CompositeData usr1 = row(server.getAttribute(name, "Dispositions"), "USR1");
        Talk.say("disposition " + usr1.get("number") + " " + usr1.get("kind") + " "
                + String.join("|", (String[]) usr1.get("layers")) + " "
                + String.join("|", (String[]) usr1.get("registered")) + " " + usr1.get("blockedThreads")
                + " " + usr1.get("pending"));
        CompositeData sender = row(server.getAttribute(name, "LastSenders"), "USR1");
        Talk.say("sender " + sender.get("pid") + " " + sender.get("uid") + " " + sender.get("origin") + " "
                + sender.get("arrivedAt"));
        SignalsMXBean proxy = JMX.newMXBeanProxy(server, name, SignalsMXBean.class);
        boolean allAlike = proxy.getDispositions().size() == Signal.all().size()
                && Signals.dispositions().values().stream().allMatch(disposition -> isLike(proxy, disposition));
        Talk.say("proxy alike " + allAlike);
        Talk.say("proxy sender " + proxy.getLastSenders().get("USR1").getPid());
        Talk.say("table "
                + proxy.getTable()
                        .lines()
                        .filter(line -> line.startsWith("USR1 "))
                        .findFirst()
                        .orElseThrow());
    }

    private static boolean isLike(SignalsMXBean proxy, Disposition disposition) {
        return proxy.getDispositions()
                .get(disposition.signal().name())
                .getKind()
                .equals(disposition.kind().name());
    }

    private static CompositeData row(Object table, String key) {
        CompositeData row = ((TabularData) table).get(new Object[] {key});
        return (CompositeData) row.get("value");
    }
}
