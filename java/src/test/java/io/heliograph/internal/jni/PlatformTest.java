package io.heliograph.internal.jni;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    private static final List<String> ALL =
            List.of("linux-aarch64-gnu", "linux-aarch64-musl", "linux-x86_64-gnu", "linux-x86_64-musl");
    private static final List<String> HOST = List.of("linux-x86_64-gnu");
    private static final String MUSL_OF_DEBIAN = "/usr/lib/x86_64-linux-musl/libc.so";
    private static final String WAY_OUT = ". Take a jar that was built for all platforms, or name a library of this one"
            + " with -Dheliograph.library=PATH";

    /** Mapped files, as processes of these systems show them. */
    @ParameterizedTest
    @CsvSource({
        "Debian, amd64, /usr/lib/x86_64-linux-gnu/libc.so.6, linux-x86_64-gnu",
        "CentOS 7, amd64, /usr/lib64/libc-2.17.so, linux-x86_64-gnu",
        "a JVM that says x86_64, x86_64, /lib64/libc.so.6, linux-x86_64-gnu",
        "NixOS, amd64, /nix/store/4n-glibc-2.38/lib/libc.so.6, linux-x86_64-gnu",
        "Debian on arm64, aarch64, /usr/lib/aarch64-linux-gnu/libc.so.6, linux-aarch64-gnu",
        "a JVM that says arm64, arm64, /lib/libc-2.28.so, linux-aarch64-gnu",
        "Alpine, amd64, /lib/ld-musl-x86_64.so.1, linux-x86_64-musl",
        "Alpine on arm64, aarch64, /lib/ld-musl-aarch64.so.1, linux-aarch64-musl",
        "Alpine with gcompat, amd64, /lib/libgcompat.so.0 /lib/ld-musl-x86_64.so.1, linux-x86_64-musl",
        "musl by its other name, amd64, /lib/libc.musl-x86_64.so.1, linux-x86_64-musl",
        "musl of Debian, amd64, /usr/lib/x86_64-linux-musl/libc.so, linux-x86_64-musl",
        "musl of Debian with gcompat, amd64, /lib/libgcompat.so.0 /usr/lib/x86_64-linux-musl/libc.so, linux-x86_64-musl",
    })
    void theChoice(String system, String arch, String mapped, String folder) {
        Platform platform = Platform.choose("Linux", arch, Platform.libcOf(maps(mapped), MUSL_OF_DEBIAN), ALL);
        assertThat(platform.problem()).as(system).isNull();
        assertThat(platform.resource("file")).as(system).isEqualTo("META-INF/native/" + folder + "/file");
    }

    @ParameterizedTest
    @CsvSource({
        "riscv64, /lib/riscv64-linux-gnu/libc.so.6, linux-riscv64-gnu",
        "i386, /lib/i386-linux-gnu/libc.so.6, linux-i386-gnu",
        "arm, /lib/arm-linux-gnueabihf/libc-2.31.so, linux-arm-gnu",
        "s390x, /lib/ld-musl-s390x.so.1, linux-s390x-musl",
    })
    void aProcessorThatTheJarLacks(String arch, String mapped, String name) {
        assertThat(problem("Linux", arch, mapped, ALL))
                .isEqualTo("this is " + name + ", and the jar has linux-aarch64-gnu, linux-aarch64-musl, "
                        + "linux-x86_64-gnu, linux-x86_64-musl" + WAY_OUT);
    }

    @ParameterizedTest
    @CsvSource({
        "Android, /apex/com.android.runtime/lib64/bionic/libc.so",
        "uClibc, /lib/libuClibc-1.0.47.so",
        "a static JVM, /opt/java/bin/java",
        "nothing at all,",
    })
    void anUnknownLibc(String system, @Nullable String mapped) {
        assertThat(problem("Linux", "amd64", mapped == null ? "" : mapped, HOST))
                .as(system)
                .isEqualTo(
                        "this is linux-x86_64 with a C library that is neither glibc nor musl (/proc/self/maps shows no "
                                + "libc.so.6 and no ld-musl), and the jar has linux-x86_64-gnu" + WAY_OUT);
    }

    @Test
    void aJarOfThePlainBuildHasTheBuildersPlatform() {
        String glibc = "/lib/x86_64-linux-gnu/libc.so.6";
        assertThat(problem("Linux", "amd64", glibc, HOST)).isNull();
        assertThat(problem("Linux", "amd64", "/lib/ld-musl-x86_64.so.1", HOST))
                .isEqualTo("this is linux-x86_64-musl, and the jar has linux-x86_64-gnu" + WAY_OUT);
        assertThat(problem("Linux", "amd64", glibc, List.of()))
                .isEqualTo("this is linux-x86_64-gnu, and the jar has none for x86-64 or aarch64" + WAY_OUT);
    }

    @ParameterizedTest
    @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "FreeBSD, amd64", "AIX, ppc64"})
    void otherSystemsHaveTheJvmsOwn(String os, String arch) {
        assertThat(problem(os, arch, "", ALL))
                .isEqualTo(
                        "this is " + os + ", and heliograph is for Linux: run the app there or in a Linux container. "
                                + "What the JVM has here is sun.misc.Signal");
    }

    @Test
    void thisProcessHasOne() {
        Platform platform = Platform.here();
        assertThat(platform.problem()).isNull();
        assertThat(OwnJar.has(platform.resource("libheliograph.so"))).isTrue();
    }

    /** The tests' classes come from a folder, which is no zip. */
    @Test
    void whatTheJarHasIsKnownWhereItIsNoZip() {
        Platform platform = Platform.here();
        String name = platform.resource("").replace("META-INF/native/", "").replace("/", "");
        assertThat(Platform.inJar()).contains(name).isSubsetOf(ALL);
        assertThat(Files.isDirectory(OwnJar.path())).isTrue();
    }

    private static @Nullable String problem(String os, String arch, String mapped, List<String> inJar) {
        return Platform.choose(os, arch, Platform.libcOf(maps(mapped), MUSL_OF_DEBIAN), inJar)
                .problem();
    }

    private static String maps(String mapped) {
        StringBuilder maps =
                new StringBuilder("7f0000000000-7f0000100000 r--p 00000000 08:01 13 /opt/java/libjvm.so\n");
        for (String file : mapped.split(" ")) {
            maps.append("7f1000000000-7f1000100000 r-xp 00026000 08:01 14 ")
                    .append(file)
                    .append('\n');
        }
        return maps + "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n";
    }
}
