package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What docs/destinations.md says to do, with an archive of the test's in place of its example. */
record DestinationDocument(int archivePort) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");

    /** The lines for {@code config/application.properties}. */
    Map<String, String> settings() throws IOException {
        Properties lines = new Properties();
        lines.load(new StringReader(String.join("\n", block("properties", 0))));
        Map<String, String> settings = new TreeMap<>();
        lines.forEach((name, value) -> settings.put(name.toString(), value.toString()));
        assertThat(settings).hasSize(3);
        return settings;
    }

    String echo() throws IOException {
        return block("", 0).get(0);
    }

    /** @param folder with the study's files */
    String store(Path folder, int listenerPort) throws IOException {
        return block("", 1)
                .get(0)
                .replace("11112", Integer.toString(listenerPort))
                .replace("FOLDER", folder.toString());
    }

    private List<String> block(String language, int place) throws IOException {
        String text = Files.readString(Path.of("docs/destinations.md"))
                .replace("archive.example 104", "127.0.0.1 " + archivePort)
                .replace("archive.example", "127.0.0.1")
                .replace("port=104", "port=" + archivePort)
                .replaceAll("\\bARCHIVE\\b", Orthanc.AE_TITLE);
        List<String> blocks = BLOCK.matcher(text)
                .results()
                .filter(found -> found.group(1).equals(language))
                .map((MatchResult found) -> found.group(2))
                .toList();
        return blocks.get(place).lines().map(String::strip).toList();
    }
}
