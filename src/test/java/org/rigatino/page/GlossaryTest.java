package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.refusal.Reason;

/** One German word for one thing: what two are called alike is taken for one, and what one is called in two ways for two. */
class GlossaryTest {
    private static final Pattern CASE = Pattern.compile("\\{#(when|is|if|else)[^}]*}|\\{/(when|if)}");

    private record Pair(String key, String english, String german) {}

    /** @param unless the English says this */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "flagged by a release, not marked; markier; mark",
                "abnormal by the ground truth, not flagged; auffällig; flag|(most|as) abnormal",
                "refused by Rigatino, not declined by an archive; abgelehnt; declin|reject",
                "declined by an archive, not refused by Rigatino; abgewiesen; refus",
                "rejected by a note, not declined by an archive; ablehnung; declin",
                "found by a release, not reported by a radiologist; befund; report|read them",
                "put into service, as the button says; beförder;",
                "in service; in betrieb|im einsatz; at work",
                "the audit trail, not the log; protokoll; \\blog|protocol",
                "the audit trail; audit-trail;",
                "a release; \\brelease\\b;",
                "a normal study; unauffällig;"
            })
    void noGermanWordIsOfTwoThings(String what, String german, String unless) throws IOException {
        assertThat(pairs().stream()
                        .filter(pair -> says(pair.german, german) && (unless == null || !says(pair.english, unless))))
                .as(what)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\bfindings?\\b; \\bfund|gefunden",
                "rejection notes?; rückweisungsvermerk",
                "flagged images?; auffällig",
                "unproved; noch ohne nachweis",
                "\\bpromote (it|one|the|that)\\b; in (den )?dienst",
                "audit trail; prüfpfad"
            })
    void eachThingHasItsGermanWord(String english, String german) throws IOException {
        List<Pair> said =
                pairs().stream().filter(pair -> says(pair.english, english)).toList();
        assertThat(said).isNotEmpty();
        assertThat(said.stream().filter(pair -> !says(pair.german, german))).isEmpty();
    }

    private static boolean says(String text, String word) {
        return Pattern.compile(word, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .find();
    }

    private static List<Pair> pairs() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/org/rigatino/page"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith("Messages.java"))
                    .toList()) {
                addBundle(pairs, type("org.rigatino.page." + simpleName(source)));
            }
        }
        addReasons(pairs);
        assertThat(pairs).hasSizeGreaterThan(1000);
        return pairs;
    }

    private static void addBundle(List<Pair> pairs, Class<?> bundle) throws IOException {
        MessageBundle named = bundle.getAnnotation(MessageBundle.class);
        String name = named.value().equals(MessageBundle.DEFAULTED_NAME) ? "msg" : named.value();
        Properties german = properties(Path.of("src/main/resources/messages", name + "_de.properties"));
        for (Method message : bundle.getMethods()) {
            add(
                    pairs,
                    name + ":" + message.getName(),
                    message.getAnnotation(Message.class).value(),
                    german.getProperty(message.getName()));
        }
    }

    /** Keys are CLASS.CONSTANT. */
    private static void addReasons(List<Pair> pairs) throws IOException {
        Properties german = properties(Path.of("src/main/resources/org/rigatino/page/refusals_de.properties"));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/rigatino"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (german.stringPropertyNames().stream().anyMatch(key -> key.startsWith(simpleName(source) + "."))) {
                    Class<?> reasons = type(Path.of("src/main/java")
                            .relativize(source)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.'));
                    for (Object reason : reasons.getEnumConstants()) {
                        String key = simpleName(source) + "." + ((Enum<?>) reason).name();
                        add(pairs, key, ((Reason) reason).english(), german.getProperty(key, ""));
                    }
                }
            }
        }
    }

    /** Case by case where it has some. */
    private static void add(List<Pair> pairs, String key, String english, String german) {
        String[] ours = CASE.split(english);
        String[] theirs = CASE.split(german);
        if (ours.length != theirs.length) {
            pairs.add(new Pair(key, english, german));
            return;
        }
        for (int i = 0; i < ours.length; i++) {
            pairs.add(new Pair(key, ours[i], theirs[i]));
        }
    }

    private static String simpleName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        }
        return properties;
    }
}
