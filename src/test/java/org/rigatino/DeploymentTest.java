package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rigatino.access.AccessConfiguration;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.restore.RestoreConfiguration;

/** Lints deploy/ as far as that goes without a cluster or a container engine. */
class DeploymentTest {
    private static final String OWNERS_PASSWORD = "RIGATINO_OWNER_PASSWORD";
    private static final Path DEPLOY = Path.of("deploy");
    private static final Set<String> PATHS = Set.of("/q/health/started", "/q/health/live", "/q/health/ready");

    @Test
    void everyContainerIsUnprivilegedAndHasProbesThatAreServed() throws IOException {
        List<JsonNode> workloads = documents().stream()
                .filter(document -> document.at("/spec/template/spec").isObject())
                .toList();
        assertThat(workloads).hasSize(2).allSatisfy(workload -> {
            JsonNode pod = workload.at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.get("containers")).isNotEmpty().allSatisfy(DeploymentTest::isUnprivileged);
        });
    }

    private static void isUnprivileged(JsonNode container) {
        JsonNode security = container.get("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(PATHS)
                    .as(probe)
                    .contains(container.path(probe).at("/httpGet/path").asText());
        }
        assertThat(container.findValues("password")).isEmpty();
    }

    /** An unknown name under one of these prefixes is refused by the mapping, as at a start. */
    @Test
    void everySettingIsKnownAndValid() throws IOException {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(DEPLOY.resolve("kustomize/application.properties"))) {
            settings.load(file);
        }
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withDefaultValue("RIGATINO_MONITOR_TOKEN", "m".repeat(64))
                .withDefaultValue("RIGATINO_APP_PASSWORD", "a");
        List<Class<?>> mappings = List.of(
                AccessConfiguration.class,
                IngestConfiguration.class,
                DeliverConfiguration.class,
                RestoreConfiguration.class);
        mappings.forEach(config::withMapping);
        List<String> prefixes = mappings.stream()
                .map(mapping -> mapping.getAnnotation(ConfigMapping.class).prefix() + ".")
                .toList();
        settings.forEach((name, value) -> {
            if (name.toString().startsWith("rigatino.")) {
                assertThat(prefixes).anyMatch(name.toString()::startsWith);
            }
            config.withDefaultValue(name.toString(), value.toString());
        });
        assertThat(config.build().getConfigMapping(DeliverConfiguration.class).destinations())
                .containsOnlyKeys("pacs");
    }

    @Test
    void noImageIsTheLatest() throws IOException {
        List<String> images = new ArrayList<>();
        for (String file : List.of("Containerfile", "Containerfile.gpu")) {
            Files.readAllLines(DEPLOY.resolve(file)).stream()
                    .filter(line -> line.startsWith("FROM "))
                    .forEach(line -> images.add(line.split(" ")[1]));
        }
        assertThat(images).hasSize(4).allMatch(image -> image.matches("[a-z./-]+:\\d[\\w.-]*"));
        assertThat(documents())
                .filteredOn(
                        document -> document.path("kind").asText().equals("Kustomization") && document.has("images"))
                .hasSize(1)
                .allSatisfy(
                        document -> assertThat(document.at("/images/0/newTag").asText())
                                .isNotBlank()
                                .isNotEqualTo("latest"));
    }

    /** Podman and Docker take the last line that matches; a folder's line holds for what is in it. */
    @Test
    void theBuildTakesWhatItNeedsAndNothingOfASite() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(".containerignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        for (String left : List.of(
                "data/instances/1",
                "out/demo/log",
                "target/classes/A.class",
                ".git/config",
                ".rigatino/lock",
                "deploy/.env",
                "config/application.properties",
                "src/test/java/A.java")) {
            assertThat(travels(lines, left)).as(left).isFalse();
        }
        for (String needed : List.of(
                "pom.xml",
                "rigatino",
                "deploy/pixelmed.pom",
                "src/main/java/org/rigatino/Rigatino.java",
                "sql/V1__record.sql",
                "models/brain-flair/4/release.json",
                "models/brain-flair/4/SUPERSEDED",
                "models/brain-flair/5/SUPERSEDED",
                "models/brain-flair/6/release.json",
                "models/brain-flair/6/reader.params")) {
            assertThat(travels(lines, needed)).as(needed).isTrue();
        }
        assertThat(Path.of(".dockerignore")).as("for Docker").hasSameTextualContentAs(Path.of(".containerignore"));
    }

    private static boolean travels(List<String> lines, String path) {
        boolean travels = true;
        for (String line : lines) {
            String pattern = line.replaceFirst("^!", "");
            if (pattern.equals("*") || (path + "/").startsWith(pattern + "/")) {
                travels = line.startsWith("!");
            }
        }
        return travels;
    }

    /** A release leaves its database behind: see docs/adr/0069-releases.md. */
    @Test
    void aVersionIsTheSameEverywhereAndEachReleasedOneLeftItsDatabase() throws IOException {
        String version = first("<artifactId>rigatino</artifactId>\\s*<version>(.+?)</version>", Path.of("pom.xml"));
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains("quarkus.application.version=" + version + "\n");
        assertThat(first("image.version=\"(.+?)\"", DEPLOY.resolve("Containerfile")))
                .isEqualTo(version);
        assertThat(first("Rigatino (\\d[^ ]*)\\.", Path.of("docs/dicom-conformance.md")))
                .isEqualTo(version);
        assertThat(first("\n  version: (.+)", Path.of("docs/openapi.yaml"))).isEqualTo(version);
        List<String> released = new ArrayList<>(Pattern.compile("^## (\\S+)( \\(schema \\d+\\))?$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("CHANGELOG.md")))
                .results()
                .map(heading -> heading.group(1))
                .toList());
        assertThat(released.remove(0)).isEqualTo(version);
        try (Stream<Path> left = Files.list(Path.of("src/test/resources/releases"))) {
            assertThat(left.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(released);
        }
    }

    private static String first(String pattern, Path file) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(found.find()).as(pattern + " in " + file).isTrue();
        return found.group(1);
    }

    /** DJL takes native libraries of another version than its own without a word. */
    @Test
    void theGpuImageHasThePyTorchThatTheJarWasTestedWith() throws IOException {
        Matcher version = Pattern.compile("<pytorch.version>([0-9.]+)</pytorch.version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(DEPLOY.resolve("Containerfile.gpu")))
                .contains("PYTORCH_VERSION=" + version.group(1) + " ", "pytorch/pytorch:" + version.group(1) + "-cuda");
    }

    @Test
    void theComposeFilesProcessesAreUnprivilegedAndOnLoopback() throws IOException {
        JsonNode services = new YAMLMapper()
                .readTree(DEPLOY.resolve("compose.yaml").toFile())
                .get("services");
        for (String name : List.of("listener", "worker")) {
            JsonNode service = merged(services.get(name));
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
            assertThat(service.path("user").asText()).as(name).isEqualTo("10001:10001");
        }
        services.forEach(service -> {
            assertThat(merged(service).path("image").asText()).matches("[a-z./-]+:\\d[\\w.-]*");
            merged(service).path("ports").forEach(port -> assertThat(port.asText())
                    .startsWith("127.0.0.1:"));
        });
        String text = Files.readString(DEPLOY.resolve("compose.yaml"));
        Set<String> asked = new TreeSet<>();
        Matcher variable = Pattern.compile("\\$\\{([A-Z_]+):\\?").matcher(text);
        while (variable.find()) {
            asked.add(variable.group(1));
        }
        Properties example = new Properties();
        try (var file = Files.newBufferedReader(DEPLOY.resolve("compose/env.example"))) {
            example.load(file);
        }
        assertThat(asked).isEqualTo(new TreeSet<>(example.stringPropertyNames()));
    }

    /** Who owns the tables may change what auditors trust: the one process that migrates, and none that there are many of. */
    @Test
    void theListenerAloneHasTheOwnersPassword() throws IOException {
        JsonNode services = new YAMLMapper()
                .readTree(DEPLOY.resolve("compose.yaml").toFile())
                .get("services");
        assertThat(services.get("listener").toString()).contains("QUARKUS_FLYWAY_PASSWORD", OWNERS_PASSWORD);
        assertThat(services.get("worker").toString()).doesNotContain("FLYWAY", OWNERS_PASSWORD);
        List<JsonNode> workloads =
                documents().stream().filter(one -> one.has("spec")).toList();
        assertThat(workloads)
                .filteredOn(workload -> workload.toString().contains(OWNERS_PASSWORD))
                .singleElement()
                .satisfies(workload -> assertThat(
                                workload.at("/metadata/labels/role").asText())
                        .isEqualTo("listener"));
        for (String shared : List.of("kustomize/application.properties", "kustomize/worker.yaml")) {
            assertThat(Files.readString(DEPLOY.resolve(shared)))
                    .doesNotContain("flyway")
                    .doesNotContain("rigatino-owner");
        }
    }

    @Test
    void everyImageOfTheComposeFileIsTriedOrStoodInFor() throws IOException {
        String tried = Files.readString(DEPLOY.resolve("try"));
        new YAMLMapper()
                .readTree(DEPLOY.resolve("compose.yaml").toFile())
                .get("services")
                .forEach(service ->
                        assertThat(tried).contains(merged(service).path("image").asText()));
        assertThat(tried)
                .contains(Files.readAllLines(DEPLOY.resolve("Containerfile"))
                        .get(1)
                        .split(" ")[1]);
    }

    /** Jackson reads an alias as the name of its anchor: what all processes share is under x-rigatino. */
    private static JsonNode merged(JsonNode service) {
        if (!service.has("<<")) {
            return service;
        }
        try {
            ObjectNode whole = (ObjectNode) new YAMLMapper()
                    .readTree(DEPLOY.resolve("compose.yaml").toFile())
                    .get("x-rigatino")
                    .deepCopy();
            whole.setAll((ObjectNode) service);
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> documents() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        List<JsonNode> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            for (Path file :
                    files.filter(found -> found.toString().endsWith(".yaml")).toList()) {
                try (MappingIterator<JsonNode> read =
                        yaml.readerFor(JsonNode.class).readValues(file.toFile())) {
                    read.forEachRemaining(documents::add);
                }
            }
        }
        return documents;
    }
}
