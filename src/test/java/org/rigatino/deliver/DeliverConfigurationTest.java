package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Settings;
import org.rigatino.result.ObjectKind;

/** What a destination receives, as an administrator gives it; read in full before anything starts. */
class DeliverConfigurationTest {
    private static final String NAME = "rigatino.deliver.destinations.pacs.";

    private static DeliverConfiguration read(Map<String, String> objects) {
        Map<String, String> settings =
                new java.util.HashMap<>(Map.of(NAME + "host", "127.0.0.1", NAME + "ae-title", "PACS"));
        settings.putAll(objects);
        return Settings.of(DeliverConfiguration.class, settings);
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
                "assessment,segmentation | | SEGMENTATION",
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

    @Test
    void whatPeopleSayLaterIsNotEssential() {
        DeliverConfiguration alone = read(Map.of(NAME + "objects", "assessment"));
        DestinationObjects.check(alone);
        assertThat(DestinationObjects.essential(alone.destinations().get("pacs")))
                .isEmpty();
        DeliverConfiguration configuration =
                read(Map.of(NAME + "objects", "segmentation,assessment", NAME + "essential", "assessment"));
        assertThatThrownBy(() -> DestinationObjects.check(configuration))
                .hasMessageStartingWith(NAME + "essential names assessment")
                .hasMessageEndingWith("take it out");
    }

    private static DeliverConfiguration readAlone(String settings) {
        Map<String, String> all = new java.util.HashMap<>();
        for (String setting : settings.strip().split("\\s+")) {
            all.put(NAME + setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return Settings.of(DeliverConfiguration.class, all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url=https://pacs.example/dicom-web",
                "url=https://pacs.example:8443/dicom-web commitment=query token=abc.def",
                "url=http://127.0.0.1:8042/dicom-web commitment=none user=u password=p",
                "url=http://localhost",
                "url=http://pacs.example/dicom-web plain-http=true",
                "url=https://pacs.example tls=site user=u password-file=pom.xml",
                "host=pacs.example ae-title=PACS commitment=storage-commitment"
            })
    void aServiceIsADestinationOverHttpsOrOnThisMachine(String settings) {
        DeliverConfiguration configuration = readAlone(settings);
        DestinationObjects.check(configuration);
        DestinationObjects.checkCredentials(configuration);
        DeliverConfiguration.Destination destination =
                configuration.destinations().get("pacs");
        assertThat(DestinationKind.proof(destination).name())
                .isEqualTo(
                        settings.contains("none") ? "NONE" : settings.contains("url") ? "QUERY" : "STORAGE_COMMITMENT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port=104 | needs .host and .ae-title for C-STORE, or .url for STOW-RS",
                "host=pacs | needs .host and .ae-title",
                "ae-title=PACS | needs .host and .ae-title",
                "url=https://pacs.example host=pacs | has .url, and .host or .ae-title",
                "url=https://pacs.example ae-title=PACS | has .url, and .host or .ae-title",
                "url=http://pacs.example/dicom-web | in clear to another machine: use https",
                "url=http://127.0.0.1.pacs.example | in clear to another machine: use https",
                "url=http://127.0.0.1 tls=site | is without TLS: use https",
                "url=ftp://pacs.example | is not the root of a DICOMweb service",
                "url=https://pacs.example/ | is not the root of a DICOMweb service",
                "url=https://u:s3cret@pacs.example | is not the root of a DICOMweb service",
                "url=https://pacs.example?key=1 | is not the root of a DICOMweb service",
                "url=https://pacs.example commitment=storage-commitment | query is QIDO-RS",
                "url=https://pacs.example token=s3cret token-file=pom.xml | set one of",
                "url=https://pacs.example token=s3cret user=u password=s3cret | set one of",
                "url=https://pacs.example user=u | needed together",
                "url=https://pacs.example password=s3cret | needed together",
                "url=https://pacs.example token=s3cret,s3cret | holds no bearer token",
                "url=https://pacs.example token-file=nowhere | nowhere cannot be read: NoSuchFileException",
                "host=pacs ae-title=PACS token=s3cret | pacs.token is for DICOMweb",
                "host=pacs ae-title=PACS user=u | pacs.user is for DICOMweb"
            })
    void aServiceThatCannotBeRightStopsTheStart(String settings, String message) {
        DeliverConfiguration configuration = readAlone(settings);
        assertThatThrownBy(() -> {
                    DestinationObjects.check(configuration);
                    DestinationObjects.checkCredentials(configuration);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rigatino.deliver.destinations.pacs")
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }
}
