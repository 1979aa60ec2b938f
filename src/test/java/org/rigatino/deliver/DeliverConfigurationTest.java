package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.result.ObjectKind;

/** What a destination receives, as an administrator gives it; read in full before anything starts. */
class DeliverConfigurationTest {
    private static final String NAME = "rigatino.deliver.destinations.pacs.";

    private static DeliverConfiguration read(Map<String, String> objects) {
        Map<String, String> settings =
                new java.util.HashMap<>(Map.of(NAME + "host", "127.0.0.1", NAME + "ae-title", "PACS"));
        settings.putAll(objects);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .withMapping(DeliverConfiguration.class)
                .build()
                .getConfigMapping(DeliverConfiguration.class);
    }

    @Test
    void aDestinationReceivesOverlaysUntilToldOtherwise() {
        assertThat(read(Map.of()).destinations().get("pacs").objects().orElseThrow())
                .containsExactly(ObjectKind.SECONDARY_CAPTURE);
    }

    @Test
    void everyKindHasANameInSettings() {
        String all = Arrays.stream(ObjectKind.values())
                .map(ObjectKind::configurationName)
                .collect(Collectors.joining(","));
        assertThat(read(Map.of(NAME + "objects", all))
                        .destinations()
                        .get("pacs")
                        .objects()
                        .orElseThrow())
                .containsExactlyInAnyOrder(ObjectKind.values());
        assertThat(all.toLowerCase(Locale.ROOT))
                .contains("triptych", "multi-frame-secondary-capture", "multi-frame-triptych");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", " "})
    void anEmptyListStopsTheStart(String objects) {
        DeliverConfiguration configuration = read(Map.of(NAME + "objects", objects));
        assertThatThrownBy(() -> DestinationObjects.check(configuration))
                .hasMessageStartingWith(NAME + "objects is empty")
                .hasMessageContaining("secondary-capture, restored-image, segmentation, ")
                .hasMessageNotContaining("SRCFG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hologram", "triptych,hologram", "triptych;segmentation"})
    void aKindThatDoesNotExistStopsTheStart(String objects) {
        assertThatThrownBy(() -> read(Map.of(NAME + "objects", objects)))
                .hasMessageContaining(NAME + "objects")
                .hasMessageContaining("multi-frame-triptych");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secondary-capture | | SECONDARY_CAPTURE",
                "segmentation,secondary-capture | | SEGMENTATION",
                "secondary-capture,segmentation | segmentation | SEGMENTATION",
                "secondary-capture,segmentation,triptych | triptych,secondary-capture | SECONDARY_CAPTURE,TRIPTYCH"
            })
    void theFirstOfTheListIsEssentialUntilToldOtherwise(String objects, String essential, String expected) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of(NAME + "objects", objects));
        if (essential != null) {
            settings.put(NAME + "essential", essential);
        }
        DeliverConfiguration configuration = read(settings);
        DestinationObjects.check(configuration);
        assertThat(DestinationObjects.essential(configuration.destinations().get("pacs")))
                .extracting(ObjectKind::name)
                .containsExactlyInAnyOrder(expected.split(","));
    }

    @Test
    void whatIsEssentialMustBeSent() {
        DeliverConfiguration configuration = read(Map.of(NAME + "essential", "segmentation,secondary-capture"));
        assertThatThrownBy(() -> DestinationObjects.check(configuration))
                .hasMessageStartingWith(NAME + "essential names segmentation, which is not among its .objects"
                        + " (secondary-capture)");
    }
}
