package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Hl7ReceiversTest {
    @Test
    void patientsNamesDoNotPassInClearUnlessThatIsSaid() {
        Hl7Receivers receivers = new Hl7Receivers();
        receivers.configuration = TestSettings.configuration(Map.of("host", "ris.example"));
        assertThatThrownBy(receivers::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.hl7.receivers.ris.host ris.example")
                .hasMessageContaining("rigatino.hl7.receivers.ris.tls")
                .hasMessageContaining("rigatino.hl7.receivers.ris.plain-mllp=true");
    }
}
