package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.ListenerRules;
import org.rigatino.dicom.TlsProfile;

class ListenerSettingsTest {
    private static IngestConfiguration configuration(Map<String, String> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(IngestConfiguration.class);
        values.forEach((name, value) -> builder.withDefaultValue("rigatino.ingest." + name, value));
        return builder.build().getConfigMapping(IngestConfiguration.class);
    }

    private static ListenerRules rules(IngestConfiguration configuration) {
        return ListenerSettings.rules(configuration, Optional.empty());
    }

    @Test
    void defaultsBindToLoopback() {
        assertThat(rules(configuration(Map.of())).address().isLoopbackAddress()).isTrue();
    }

    @Test
    void anAddressThatOthersReachNeedsAnAllowList() {
        assertThatThrownBy(() -> rules(configuration(Map.of("host", "0.0.0.0"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.ingest.calling-ae-titles");
        assertThat(rules(configuration(Map.of("host", "0.0.0.0", "calling-ae-titles", "CT1,MR1")))
                        .callingAeTitles())
                .containsExactlyInAnyOrder("CT1", "MR1");
        assertThat(rules(configuration(Map.of("host", "0.0.0.0", "remote-addresses", "192.0.2.1")))
                        .remoteAddresses())
                .hasSize(1);
    }

    @Test
    void aTitleThatIsNoneNamesItsProperty() {
        assertThatThrownBy(() -> rules(configuration(Map.of("ae-title", "MUCH_TOO_LONG_A_TITLE"))))
                .hasMessageContaining("rigatino.ingest.ae-title");
    }

    @Test
    void networksAreGivenInCidrNotation() {
        Set<CidrAddress> served = rules(
                        configuration(Map.of("remote-addresses", "192.0.2.0/24,2001:db8::/32,198.51.100.7")))
                .remoteAddresses();
        assertThat(served)
                .extracting(CidrAddress::toString)
                .containsExactlyInAnyOrder("192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32");
    }

    @Test
    void whatIsNoNetworkNamesItsProperty() {
        for (String wrong : List.of("192.0.2.0/33", "192.0.2.0/x", "192.0.2.0/")) {
            assertThatThrownBy(() -> rules(configuration(Map.of("remote-addresses", wrong))))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("rigatino.ingest.remote-addresses");
        }
    }

    @Test
    void aSourceIsAnArchiveOrADicomwebService() {
        Sources.check(configuration(Map.of("sources.old.host", "pacs.example", "sources.old.ae-title", "OLDPACS")));
        Sources.check(configuration(Map.of("sources.web.url", "https://pacs.example/dicom-web")));
        Map.of(
                        "needs .host and .ae-title for C-FIND and C-MOVE, or .url",
                        Map.of("sources.old.port", "104"),
                        "one is missing",
                        Map.of("sources.old.host", "pacs.example"),
                        "has .url, and .host or .ae-title",
                        Map.of("sources.old.ae-title", "OLDPACS", "sources.old.url", "https://pacs.example/dicom-web"),
                        "is not an AE title",
                        Map.of("sources.old.host", "pacs.example", "sources.old.ae-title", "MUCH_TOO_LONG_A_TITLE"),
                        "which are for DICOMweb",
                        Map.of(
                                "sources.old.host",
                                "pacs.example",
                                "sources.old.ae-title",
                                "OLDPACS",
                                "sources.old.token",
                                "secret"))
                .forEach((why, wrong) -> assertThatThrownBy(() -> Sources.check(configuration(wrong)))
                        .as(why)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("rigatino.ingest.sources.old")
                        .hasMessageContaining(why));
    }

    @Test
    void mutualTlsTakesThePlaceOfAnAllowList() {
        IngestConfiguration open = configuration(Map.of("host", "0.0.0.0"));
        TlsProfile mutual = new TlsProfile(() -> null, true, false);
        assertThat(ListenerSettings.rules(open, Optional.of(mutual)).port()).isEqualTo(2762);
        TlsProfile anonymous = new TlsProfile(() -> null, false, false);
        assertThatThrownBy(() -> ListenerSettings.rules(open, Optional.of(anonymous)))
                .isInstanceOf(ConfigurationException.class);
    }
}
