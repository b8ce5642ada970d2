package io.heliograph.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.internal.proc.CgroupFigures.CgroupFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of control groups of both versions, in trees of files like the kernel's. */
class CgroupFiguresTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path root;

    private Path memory;

    @BeforeEach
    void makeGroup() throws IOException {
        memory = Files.createDirectories(root.resolve("app.slice/app.service"));
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text + "\n");
    }

    private String mount(String root, String type, String options) {
        return "36 25 0:30 " + root + " " + this.root + " rw,nosuid shared:9 - " + type + " none rw," + options + "\n";
    }

    @Test
    void version2() throws IOException {
        write(memory, "memory.current", "" + 100 * MIB);
        write(memory, "memory.peak", "" + 150 * MIB);
        write(memory, "memory.max", "max");
        write(memory.getParent(), "memory.max", "" + 200 * MIB);
        write(memory, "memory.events", "low 0\nmax 3\noom 2\noom_kill 1");
        write(memory, "cpu.stat", "usage_usec 5\nnr_periods 50\nnr_throttled 12\nthrottled_usec 7");
        String groups = "0::/app.slice/app.service\n";
        String mounts = "22 1 8:1 / / rw - ext4 /dev/root rw\n" + mount("/", "cgroup2", "nsdelegate");
        CgroupFolder folder = CgroupFolder.find("memory", groups, mounts);
        assertThat(folder).isEqualTo(new CgroupFolder(memory, root, true));
        assertThat(CgroupFigures.of(folder, CgroupFolder.find("cpu", groups, mounts)))
                .isEqualTo(new CgroupFigures(100 * MIB, 150 * MIB, 200 * MIB, 1, 50, 12));
    }

    @Test
    void version1() throws IOException {
        write(memory, "memory.usage_in_bytes", "" + 100 * MIB);
        write(memory, "memory.max_usage_in_bytes", "" + 150 * MIB);
        write(memory, "memory.limit_in_bytes", "" + 180 * MIB);
        write(memory.getParent(), "memory.limit_in_bytes", "9223372036854771712");
        write(memory, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4");
        String groups = "4:cpu,cpuacct:/\n3:memory:/app.slice/app.service\n0::/\n";
        CgroupFolder folder = CgroupFolder.find("memory", groups, mount("/", "cgroup", "memory"));
        assertThat(folder).isEqualTo(new CgroupFolder(memory, root, false));
        assertThat(CgroupFigures.of(folder, null))
                .isEqualTo(new CgroupFigures(100 * MIB, 150 * MIB, 180 * MIB, 4, -1, -1));
    }

    @Test
    void withoutALimitThereIsNone() throws IOException {
        write(memory, "memory.usage_in_bytes", "" + 100 * MIB);
        write(memory, "memory.limit_in_bytes", "9223372036854771712");
        String groups = "3:memory:/app.slice/app.service\n";
        assertThat(CgroupFigures.of(CgroupFolder.find("memory", groups, mount("/", "cgroup", "memory")), null))
                .isEqualTo(new CgroupFigures(100 * MIB, -1, -1, -1, -1, -1));
    }

    /** In a container the group itself is mounted, and its path is the host's, or is hidden by a namespace. */
    @Test
    void aContainerSeesItsOwnGroupAsTheRoot() {
        String hosts = "3:memory:/docker/abc\n";
        assertThat(CgroupFolder.find("memory", hosts, mount("/docker/abc", "cgroup", "memory")))
                .isEqualTo(new CgroupFolder(root, root, false));
        assertThat(CgroupFolder.find("memory", "3:memory:/elsewhere\n", mount("/docker/abc", "cgroup", "memory")))
                .isEqualTo(new CgroupFolder(root, root, false));
        assertThat(CgroupFolder.find("memory", "0::/\n", mount("/", "cgroup2", "")))
                .isEqualTo(new CgroupFolder(root, root, true));
        assertThat(CgroupFolder.find("memory", "0::/../..\n", mount("/../..", "cgroup2", "")))
                .isEqualTo(new CgroupFolder(root, root, true));
    }

    @Test
    void whatIsNotMountedIsNotKnown() {
        assertThat(CgroupFolder.find("memory", "3:memory:/a\n", mount("/", "cgroup", "cpu")))
                .isNull();
        assertThat(CgroupFolder.find("memory", "", "")).isNull();
        assertThat(CgroupFigures.of(null, null)).isEqualTo(new CgroupFigures(-1, -1, -1, -1, -1, -1));
    }

    /** Whatever this machine has, it is read without a failure. */
    @Test
    void thisMachine() {
        assertThat(CgroupFigures.now().memory()).isGreaterThanOrEqualTo(-1);
    }
}
