package io.heliograph.programs;

import io.heliograph.Signal;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that looks at the classes of ours that are defined, and an app that says what it has seen. */
public final class LoadingSeen {
    private static final AtomicInteger NAMED = new AtomicInteger();
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private LoadingSeen() {}

    @SuppressWarnings("unused") // the signature that java.lang.instrument looks for first
    public static void premain(String options, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] code) {
                if (isOurs(domain)) {
                    (name == null ? UNNAMED : NAMED).incrementAndGet();
                }
                return null;
            }
        });
    }

    private static boolean isOurs(ProtectionDomain domain) {
        return domain != null
                && domain.getCodeSource() != null
                && domain.getCodeSource().getLocation().getPath().endsWith("/heliograph.jar");
    }

    public static void main(String[] args) {
        System.out.println("more than 70 with a name: " + (NAMED.get() > 70));
        System.out.println("without a name: " + UNNAMED.get());
        System.out.println("version: " + Signal.class.getPackage().getImplementationVersion());
    }
}
