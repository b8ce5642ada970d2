package io.heliograph.internal.seam;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/**
 * The classes that a start of the agent needs, which the jar has once more in one file ({@code src/packaging}), to be defined in
 * one go: some 40 µs each. The class loader takes ten times as long, and looks for each in all of the app's class path first.
 */
public final class StartClasses {
    private static final String FILE = "META-INF/heliograph/start-classes";

    private StartClasses() {}

    /**
     * Defines those that can be; whatever is not, the class loader finds when it is needed. Only before the app's main: a
     * thread that loads one of them at that very moment would fail (JVMS 5.3.5). Call {@link NativeLibrary#require()} first.
     *
     * @param ofEachPackage a class of each of their packages. The loader defines a package with the first class that it finds
     *     itself: with the jar's version, and sealed or not
     */
    public static void define(Class<?>... ofEachPackage) {
        ClassLoader loader = StartClasses.class.getClassLoader();
        byte[] file = OwnJar.entry(FILE);
        if (loader == null || file == null) {
            return;
        }
        for (Class<?> one : ofEachPackage) {
            if (one.getClassLoader() != loader) {
                return;
            }
        }
        try {
            define(file, loader, StartClasses.class.getProtectionDomain());
        } catch (RuntimeException damaged) {
            return; // it is a shortcut, and no reason not to start
        }
    }

    /** Each class comes behind its name and the number of its bytes: what DataOutputStream writes. */
    private static void define(byte[] file, ClassLoader loader, ProtectionDomain domain) {
        ByteBuffer rest = ByteBuffer.wrap(file);
        while (rest.hasRemaining()) {
            int nameLength = rest.getShort();
            String name = new String(file, rest.position(), nameLength, StandardCharsets.ISO_8859_1);
            rest.position(rest.position() + nameLength);
            int length = rest.getInt();
            try {
                Native.defineClass(loader, name, file, rest.position(), length, domain);
            } catch (LinkageError leftToTheLoader) {
                // It has the class, or says what is wrong with it when it is needed.
            }
            rest.position(rest.position() + length);
        }
    }
}
