package org.rigatino.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md to what the classes read; with {@code -Dsettings.write} it is written. */
class SettingsTest {
    /**
     * In backticks, or at the start of a line; words in capitals stand for the site's own. Topics, and what bench tells its
     * processes, are no settings of a site.
     */
    private static final Pattern NAMED = Pattern.compile(
            "(?m)(?:^|`)(?!rigatino\\.(?:studies|results|bench))(rigatino\\.[a-zA-Z0-9.-]*[a-zA-Z0-9])");

    private static final Pattern READ_ALONE = Pattern.compile(
            "@ConfigProperty\\(\\s*name = \"(rigatino\\.[a-z.-]+)\"|\\$\\{(rigatino\\.[a-z.-]+):|String PROPERTY = \"(rigatino\\.[a-z.-]+)\"");
    private static final Pattern OTHERS =
            Pattern.compile("\\| `((?:quarkus|kafka)\\.[^`]+)`(?:<br>`([^`]+)`)? \\| `([^`]+)` \\|");

    @Test
    void documentSaysWhatTheClassesSay() throws IOException {
        String made = SettingsDocument.made();
        if (System.getProperty("settings.write") != null) {
            Files.writeString(SettingsDocument.FILE, made);
        }
        assertThat(SettingsDocument.FILE)
                .as("written anew by: ./rigatino test --only SettingsTest -Dsettings.write")
                .hasContent(made);
    }

    @Test
    void everySettingHasARowOfItsOwn() throws IOException {
        List<String> rows = Files.readAllLines(SettingsDocument.FILE);
        for (Setting setting : SettingsDocument.settings()) {
            assertThat(rows.stream().filter(row -> row.startsWith("| `" + setting.name() + "`")))
                    .as(setting.name())
                    .hasSize(1);
        }
        for (String name :
                List.of("rigatino.monitor.every", "rigatino.audit.syslog.host", "rigatino.deliver.ae-title")) {
            assertThat(rows).anyMatch(row -> row.startsWith("| `" + name + "`"));
        }
    }

    @Test
    void settingsOutsideTheMappingsAreThereToo() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            Matcher matcher = READ_ALONE.matcher(Files.readString(source));
            while (matcher.find()) {
                read.add(Stream.of(1, 2, 3)
                        .map(matcher::group)
                        .filter(name -> name != null)
                        .findFirst()
                        .orElseThrow());
            }
        }
        assertThat(read).contains("rigatino.roles", "rigatino.look-every", "rigatino.web.max-body");
        assertThat(named(SettingsDocument.FILE)).containsAll(read);
    }

    /** A name of another document is one of this one, or the beginning of one. */
    @Test
    void documentsNameSettingsThatThereAre() throws IOException {
        Set<String> there = named(SettingsDocument.FILE);
        List<Path> documents = Stream.concat(
                        Stream.of(Path.of("README.md"), Path.of("deploy/README.md")),
                        files(Path.of("docs"), ".md").stream())
                .filter(document -> !document.startsWith("docs/adr"))
                .toList();
        for (Path document : documents) {
            assertThat(named(document).stream().filter(name -> there.stream().noneMatch(known -> isOf(name, known))))
                    .as(document + " names settings that docs/settings.md lacks")
                    .isEmpty();
        }
    }

    @Test
    void defaultsOfQuarkusAreThoseThatRigatinoSets() throws IOException {
        Properties set = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            set.load(file);
        }
        Matcher row = OTHERS.matcher(Files.readString(SettingsDocument.FILE));
        int held = 0;
        while (row.find()) {
            String value = set.getProperty(row.group(1));
            if (value != null) {
                assertThat(row.group(3))
                        .as(row.group(1))
                        .satisfiesAnyOf(text -> assertThat(text).isEqualTo(value), text -> assertThat(
                                        new DurationConverter().convert(text))
                                .isEqualTo(new DurationConverter().convert(value)));
                held++;
            }
        }
        assertThat(held).isGreaterThanOrEqualTo(4);
    }

    /** Whether they agree word for word, a word in capitals standing for any. */
    private static boolean isOf(String name, String known) {
        String[] words = name.split("\\.");
        String[] all = known.split("\\.");
        for (int i = 0; i < words.length; i++) {
            if (i >= all.length || !all[i].equals(words[i]) && !all[i].matches("[A-Z]+")) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> named(Path document) throws IOException {
        return NAMED.matcher(Files.readString(document))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files(Path below, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
