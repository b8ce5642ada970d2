package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which JVMs run a tool, by what the launchers of 17 and 25 were seen to set. */
class JdkToolTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "jdk.jcmd,jdk.jcmd/sun.tools.jps.Jps,SUN_STANDARD,true",
                "java.base,java.base/sun.security.tools.keytool.Main -help,SUN_STANDARD,true",
                "-,-,SUN_STANDARD,true",
                "-,jdk.jshell.execution.RemoteExecutionControl 40123,SUN_STANDARD,true",
                "-,-,-,false",
                "-,jdk.compiler/com.sun.tools.javac.launcher.Main App.java,SUN_STANDARD,false",
                "jdk.httpserver,jdk.httpserver/sun.net.httpserver.simpleserver.JWebServer,SUN_STANDARD,false",
                "com.acme,com.acme/com.acme.Main,SUN_STANDARD,false",
                "jdkfoo,jdkfoo/a.Main,SUN_STANDARD,false",
                "-,app.jar,SUN_STANDARD,false",
                "-,com.acme.Main,-,false",
            })
    void isATool(String module, String command, String launcher, boolean isTool) {
        assertThat(JdkTool.is(module, command, launcher)).isEqualTo(isTool);
    }
}
