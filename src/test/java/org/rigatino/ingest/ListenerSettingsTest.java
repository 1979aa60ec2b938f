package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenerSettingsTest {
    private static IngestConfiguration configuration(Map<String, String> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(IngestConfiguration.class);
        values.forEach((name, value) -> builder.withDefaultValue("rigatino.ingest." + name, value));
        return builder.build().getConfigMapping(IngestConfiguration.class);
    }

    @Test
    void defaultsBindToLoopback() {
        assertThat(ListenerSettings.rules(configuration(Map.of())).address().isLoopbackAddress())
                .isTrue();
    }

    @Test
    void anAddressThatOthersReachNeedsAnAllowList() {
        assertThatThrownBy(() -> ListenerSettings.rules(configuration(Map.of("host", "0.0.0.0"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.ingest.calling-ae-titles");
        assertThat(ListenerSettings.rules(configuration(Map.of("host", "0.0.0.0", "calling-ae-titles", "CT1,MR1")))
                        .callingAeTitles())
                .containsExactlyInAnyOrder("CT1", "MR1");
        assertThat(ListenerSettings.rules(configuration(Map.of("host", "0.0.0.0", "remote-addresses", "192.0.2.1")))
                        .remoteAddresses())
                .hasSize(1);
    }

    @Test
    void aTitleThatIsNoneNamesItsProperty() {
        assertThatThrownBy(() -> ListenerSettings.rules(configuration(Map.of("ae-title", "MUCH_TOO_LONG_A_TITLE"))))
                .hasMessageContaining("rigatino.ingest.ae-title");
    }
}
