package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import picocli.CommandLine;

/** A start that ends before it begins: no port is opened and no embedded part started. */
class ServeCommandTest {
    private static final String PACS = "rigatino.deliver.destinations.pacs.";
    private static final String MODELS = "rigatino.restore.models";

    @TempDir
    static Path models;

    @BeforeAll
    static void aRelease() throws IOException {
        Releases.write(models, "tiny", Releases.AXIAL_FLAIR);
        System.setProperty(MODELS, models.toString());
    }

    @AfterAll
    static void noRelease() {
        System.clearProperty(MODELS);
    }

    @AfterEach
    void forget() {
        for (String key : new String[] {"host", "ae-title", "objects", "commitment", "port"}) {
            System.clearProperty(PACS + key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hologram", "triptych,hologram"})
    void aDestinationWithoutKnownObjectsStopsTheStartWithALine(String objects) {
        System.setProperty(PACS + "host", "127.0.0.1");
        System.setProperty(PACS + "ae-title", "PACS");
        System.setProperty(PACS + "objects", objects);
        StringWriter error = new StringWriter();
        int exit = new CommandLine(new ServeCommand())
                .setErr(new PrintWriter(error, true))
                .execute();
        assertThat(exit).isEqualTo(1);
        assertThat(error.toString().lines())
                .singleElement()
                .asString()
                .startsWith("rigatino serve: ")
                .contains(PACS + "objects")
                .contains("multi-frame-triptych");
    }

    @ParameterizedTest
    @CsvSource({"commitment,hologram,storage-commitment", "port,many,many", "objects,hologram,multi-frame-triptych"})
    void aWrongValueIsToldByPropertyAndValue(String key, String value, String told) {
        System.setProperty(PACS + "host", "127.0.0.1");
        System.setProperty(PACS + "ae-title", "PACS");
        System.setProperty(PACS + key, value);
        StringWriter error = new StringWriter();
        new CommandLine(new ServeCommand()).setErr(new PrintWriter(error, true)).execute();
        assertThat(error.toString().lines())
                .singleElement()
                .asString()
                .contains(PACS + key, value, told)
                .doesNotContain("SRCFG", "Exception", "org.rigatino");
    }

    /** Where the value of one setting, or nothing at all, is the cause. */
    @ParameterizedTest
    @CsvSource({
        "rigatino.ingest.port,99999,65535",
        "rigatino.ingest.tls.port,-1,0",
        "rigatino.deliver.destinations.pacs.port,99999,65535",
        "rigatino.monitor.drift.images,1,100",
        "rigatino.restore.device,tpu,gpu:0",
        "rigatino.audit.syslog.port,0,1",
        "rigatino.ingest.prot,1,docs/settings.md",
        "rigatino.deliver.destinations.pacs.host,'',empty",
        "rigatino.ingest.ae-title,THIS TITLE IS TOO LONG,16",
        "rigatino.ingest.host,0.0.0.0,calling-ae-titles",
        "rigatino.restore.models,/nowhere,/nowhere",
        "quarkus.http.port,99999,65535",
        "rigatino.roles,painter,worker",
        "quarkus.datasource.jdbc.url,'',set and empty",
        "quarkus.datasource.jdbc.url,${NOT_FILLED_IN:},set and empty",
        "kafka.bootstrap.servers,'',set and empty",
        "quarkus.flyway.username,rigatino_owner,quarkus.datasource.jdbc.url is not"
    })
    void aMistakeIsOneLineThatNamesIt(String property, String value, String told) {
        settings(Map.of(PACS + "host", "127.0.0.1", PACS + "ae-title", "PACS"), () -> {
            settings(Map.of(property, value), () -> assertThat(lines())
                    .singleElement()
                    .asString()
                    .startsWith("rigatino serve: ")
                    .contains(property.substring(0, property.lastIndexOf('.')), told)
                    .doesNotContain("SRCFG", "Exception", "org.rigatino"));
        });
    }

    /** Of the one, and with that at a port that others know of the other. */
    @Test
    void whatNoOtherProcessCouldReachIsNotSharedByRoles() {
        Map<String, String> listener = Map.of("rigatino.roles", "listener");
        settings(listener, () -> assertThat(lines())
                .singleElement()
                .asString()
                .contains(
                        "rigatino.roles is listener",
                        "quarkus.datasource.jdbc.url",
                        "rigatino.embedded.postgres-port"));
        settings(Map.of("rigatino.roles", "listener", "rigatino.embedded.postgres-port", "15432"), () -> assertThat(
                        lines())
                .singleElement()
                .asString()
                .contains("rigatino.roles is listener", "kafka.bootstrap.servers", "rigatino.embedded.kafka-port"));
        settings(
                Map.of(
                        "rigatino.roles", "listener",
                        "rigatino.embedded.postgres-port", "15432",
                        "kafka.bootstrap.servers", "localhost:9092"),
                () -> assertThat(new CommandLine(new CheckConfigCommand())
                                .setOut(new PrintWriter(new StringWriter()))
                                .execute())
                        .isZero());
    }

    /** Else nobody is ever told anything, or the process ends once objects are on their way. */
    @ParameterizedTest
    @CsvSource({
        "https://triage_app/hook,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,url",
        "https:///hook,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,url",
        "https://triage app/hook,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,url",
        "https://triage.example:99999/hook,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,url",
        "https://triage.example/hook,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwQ,secret",
        "https://triage.example/hook,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwQw=,secret"
    })
    void aWebhookThatCouldNeverBeToldIsOneLine(String url, String secret, String wrong) {
        settings(
                Map.of("rigatino.webhooks.triage.url", url, "rigatino.webhooks.triage.secret", secret),
                () -> assertThat(lines())
                        .singleElement()
                        .asString()
                        .startsWith("rigatino serve: rigatino.webhooks.triage." + wrong)
                        .doesNotContain("SRCFG", "Exception", "MfKQ", "/hook"));
    }

    @Test
    void anHl7ReceiverThatNamesWouldPassToInClearIsOneLine() {
        settings(Map.of("rigatino.hl7.receivers.ris.host", "ris.example"), () -> assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("rigatino serve: rigatino.hl7.receivers.ris.host ris.example is another machine"));
    }

    /** What serve would say, under its own name, and how a whole configuration is told. */
    @Test
    void checkConfigTellsTheSameAndStartsNothing() {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        CommandLine check = new CommandLine(new CheckConfigCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true));
        Map<String, String> pacs = Map.of(PACS + "host", "127.0.0.1", PACS + "ae-title", "PACS");
        settings(pacs, () -> assertThat(check.execute()).isZero());
        assertThat(out.toString())
                .contains(
                        "roles: listener, worker, web",
                        "database: embedded, in data/postgres",
                        "broker: embedded, in data/kafka",
                        "destinations: pacs",
                        "model release tiny/1 opens, sha256 ",
                        "; results mark from a departure of 4.0 on",
                        "nothing is wrong");
        assertThat(error.toString()).isEmpty();

        settings(
                pacs,
                () -> settings(Map.of(PACS + "port", "99999"), () -> assertThat(check.execute())
                        .isEqualTo(1)));
        assertThat(error.toString().lines())
                .singleElement()
                .asString()
                .startsWith("rigatino check-config: ")
                .contains(PACS + "port", "65535");
    }

    @Test
    void aReleaseThatDoesNotOpenIsToldWithItsPlace(@TempDir Path folder) throws IOException {
        Releases.write(folder, "sound", Releases.AXIAL_FLAIR);
        ModelRelease broken = Releases.write(folder, "broken", Releases.AXIAL_FLAIR);
        Path weights = broken.directory().resolve(ModelRelease.WEIGHTS_FILE);
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 500));
        ModelRelease.write(broken.directory(), broken.file(), broken.spread());
        assertThat(checkedReleases(folder))
                .startsWith("1 ")
                .contains(
                        "wrong: model release " + broken.directory() + " does not open: ",
                        "it ends before the last weight. Put release broken/1 back as it was published, or move it away",
                        "model release sound/1 opens",
                        "rules of the house")
                .doesNotContain("nothing is wrong")
                .containsOnlyOnce("published");

        Files.write(weights, new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(checkedReleases(folder))
                .startsWith("1 rigatino check-config: rigatino.restore: ")
                .contains("model release " + broken.directory() + " do not match SHA256SUMS");

        ModelRelease another = Releases.write(folder, "another", Releases.AXIAL_FLAIR);
        Files.delete(another.directory().resolve(ModelRelease.WEIGHTS_FILE));
        assertThat(checkedReleases(folder))
                .startsWith("1 rigatino check-config: rigatino.restore: ")
                .contains("model release " + broken.directory() + " do not match SHA256SUMS")
                .contains(another.directory().toString());
    }

    @ParameterizedTest
    @CsvSource({"rigatino.restore.device, gpu:300", "rigatino.restore.batch, 0"})
    void whereASettingIsWrongNoReleaseIsToBeMovedAway(String setting, String value, @TempDir Path folder)
            throws IOException {
        Releases.write(folder, "sound", Releases.AXIAL_FLAIR);
        settings(Map.of(setting, value), () -> assertThat(checkedReleases(folder))
                .startsWith("1 ")
                .contains(setting)
                .doesNotContain("move it away", "sound", "nothing is wrong"));
    }

    /** Exit status, and all that is told. */
    private static String checkedReleases(Path folder) {
        StringWriter told = new StringWriter();
        CommandLine check = new CommandLine(new CheckConfigCommand())
                .setOut(new PrintWriter(told, true))
                .setErr(new PrintWriter(told, true));
        int[] status = {-1};
        Map<String, String> pacs = Map.of(PACS + "host", "127.0.0.1", PACS + "ae-title", "PACS");
        settings(pacs, () -> settings(Map.of(MODELS, folder.toString()), () -> status[0] = check.execute()));
        return status[0] + " " + told;
    }

    @Test
    void rulesThatFailEveryStudyAreWrong(@TempDir Path folder) throws IOException {
        assertThat(checked(folder, "{pacs: segmentation}"))
                .isEqualTo(
                        "1 wrong: rule \"r\" sends to pacs what that does"
                                + " not take: segmentation\nwrong: rule \"r\" sends to pacs nothing that is made of a study: its studies"
                                + " fail\nsomething is wrong with the rules of the house: mend rigatino.rules.file or the destinations");
        assertThat(checked(folder, "{pasc: all}"))
                .startsWith("1 wrong: rule \"r\" sends to pasc, which the configuration has not")
                .contains("say --added pasc");
        assertThat(checked(folder, "{pasc: all}", "--added", "pasc")).startsWith("0 nothing is wrong");
        assertThat(checked(folder, "{pacs: all}}, {name: s, destinations: {pacs: all}"))
                .startsWith("0 warning: rule \"s\" never decides destinations");
    }

    /** Exit status, and what is told behind the line of the rules. */
    private static String checked(Path folder, String destinations, String... arguments) throws IOException {
        Path file = Files.writeString(
                folder.resolve("rules.yaml"), "rules: [{name: r, destinations: " + destinations + "}]");
        StringWriter out = new StringWriter();
        CommandLine check = new CommandLine(new CheckConfigCommand()).setOut(new PrintWriter(out, true));
        int[] status = {-1};
        settings(
                Map.of(PACS + "host", "127.0.0.1", PACS + "ae-title", "PACS", "rigatino.rules.file", file.toString()),
                () -> status[0] = check.execute(arguments));
        return status[0] + " "
                + out.toString()
                        .replaceFirst("(?s).*rules of the house: [0-9][^\n]*\n", "")
                        .strip();
    }

    @Test
    void nothingSetIsNothingWrongAndStudiesWait() {
        StringWriter out = new StringWriter();
        assertThat(new CommandLine(new CheckConfigCommand())
                        .setOut(new PrintWriter(out, true))
                        .execute())
                .isZero();
        assertThat(out.toString()).contains("destinations: none: ", "waits", "nothing is wrong");
    }

    @Test
    void aBrokenReleaseIsOneLine(@TempDir Path models) throws IOException {
        Path release = Files.createDirectories(models.resolve("broken/1"));
        Files.writeString(release.resolve("release.json"), "{");
        settings(
                Map.of(
                        PACS + "host",
                        "127.0.0.1",
                        PACS + "ae-title",
                        "PACS",
                        "rigatino.restore.models",
                        models.toString()),
                () -> assertThat(lines()).singleElement().asString().contains("rigatino.restore", "broken"));
    }

    @Test
    void everyMappingIsReadBeforeTheStart() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> mappings = sources.filter(file -> file.toString().endsWith("Configuration.java"))
                    .filter(ServeCommandTest::isMapping)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(ServeConfiguration.MAPPINGS.stream().map(Class::getSimpleName))
                    .hasSameElementsAs(mappings);
        }
    }

    private static boolean isMapping(Path source) {
        try {
            return Files.readString(source).contains("@ConfigMapping(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void settings(Map<String, String> settings, Runnable body) {
        Map<String, String> before = new HashMap<>();
        settings.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            body.run();
        } finally {
            settings.keySet().forEach(System::clearProperty);
            before.values().removeIf(Objects::isNull);
            before.forEach(System::setProperty);
        }
    }

    /** Of the one stream that a person reads. */
    private static List<String> lines() {
        StringWriter error = new StringWriter();
        int exit = new CommandLine(new ServeCommand())
                .setErr(new PrintWriter(error, true))
                .execute();
        assertThat(exit).as(error.toString()).isEqualTo(1);
        return error.toString().lines().toList();
    }
}
