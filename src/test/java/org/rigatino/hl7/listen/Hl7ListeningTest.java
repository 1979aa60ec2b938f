package org.rigatino.hl7.listen;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rigatino.hl7.Hl7Configuration;

/** What is refused before anything listens. */
class Hl7ListeningTest {
    private static void check(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(settings);
        values.putIfAbsent("sending-applications", "RIS,HIS");
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(Hl7Configuration.class);
        values.forEach((name, value) -> builder.withDefaultValue("rigatino.hl7.listen." + name, value));
        Hl7Listening.check(builder.build().getConfigMapping(Hl7Configuration.class));
    }

    @Test
    void oneAuthorityOfSeveralSendersHasToBeSaidToBeThat() {
        assertThatThrownBy(() -> check(Map.of("assigning-authority", "SITE")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("assigning-authority")
                .hasMessageContaining("shared-authority=true");
        assertThatCode(() -> check(Map.of("assigning-authority", "SITE", "shared-authority", "true")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of("assigning-authority", "SITE", "sending-applications", "RIS")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void aZoneThatIsNoneIsRefused() {
        assertThatThrownBy(() -> check(Map.of("time-zone", "Berlin")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.hl7.listen.time-zone: Berlin");
        assertThatCode(() -> check(Map.of("time-zone", "Europe/Berlin"))).doesNotThrowAnyException();
    }
}
