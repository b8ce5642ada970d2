package io.heliograph.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|/",
                "0::/|/",
                "0::/system.slice/cron.service|/system.slice/cron.service",
                "0::/a:b|/a:b",
                "0::/a;5:memory:/longer/than/that|/a",
                "5:memory:/longer/than/that;0::/a|/a",
                "9:name=systemd:/;4:memory:/docker/abc;3:cpu:/docker;0::/|/docker/abc",
                "0::/;1:cpu,cpuacct:/x|/x",
                "garbage|/",
            })
    void thePathThatSaysMost(String text, String path) {
        assertThat(Cgroup.path(text.replace(';', '\n'))).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"/system.slice/cron.service,cron.service", "/a,a", "/,''", "/../x,x"})
    void itsName(String path, String name) {
        assertThat(Cgroup.name(path)).isEqualTo(name);
    }
}
