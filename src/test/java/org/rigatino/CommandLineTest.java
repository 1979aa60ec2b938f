package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rigatino.embedded.DatabaseSchema;
import picocli.CommandLine;

/** What the documents and the launcher say of the commands, held against the commands. */
class CommandLineTest {
    /** Commands of the launcher alone. */
    private static final Set<String> LAUNCHER = Set.of("bundle", "test", "help");

    private static final Pattern COMMAND = Pattern.compile("\\./rigatino(( [^ `|&;)\n]+)*)");

    private final Map<String, CommandLine> commands = new CommandLine(new Rigatino()).getSubcommands();

    @Test
    void launcherListsExactlyTheCommandsThatThereAre() throws IOException, InterruptedException {
        Set<String> listed = run("./rigatino", "help")
                .lines()
                .filter(line -> line.matches("  [a-z-]+ .*"))
                .map(line -> line.strip().split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> there = new TreeSet<>(commands.keySet());
        there.addAll(LAUNCHER);
        assertThat(listed).isEqualTo(there);
    }

    @Test
    void documentsNameCommandsAndOptionsThatThereAre() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = COMMAND.matcher(Files.readString(document).replace("\\\n", " "));
            while (matcher.find()) {
                List<String> words = words(matcher.group(1));
                if (!words.isEmpty() && !isThere(words)) {
                    wrong.add(document + ": " + matcher.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theVersionComesWithTheNumberOfItsSchema() throws IOException {
        StringWriter out = new StringWriter();
        new CommandLine(new Rigatino()).setOut(new PrintWriter(out, true)).execute("--version");
        assertThat(out.toString().strip())
                .matches("rigatino \\d+\\.\\d+\\.\\d+, database schema " + DatabaseSchema.latest());
    }

    @Test
    void documentsNameTheTwoCommandsOfANewcomer() {
        assertThat(Path.of("README.md")).content().contains("./rigatino demo", "./rigatino test");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs.filter(path -> path.toString()
                            .endsWith(".md")))
                    .toList();
        }
    }

    private static List<String> words(String arguments) {
        return Arrays.stream(arguments.replaceAll("[\\[\\]]", " ").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private boolean isThere(List<String> words) {
        String command = words.get(0);
        if (command.startsWith("--")) {
            return new CommandLine(new Rigatino()).getCommandSpec().findOption(command) != null;
        }
        if (LAUNCHER.contains(command) || command.matches("[A-Z]+")) {
            return true;
        }
        return commands.containsKey(command) && isThere(commands.get(command), words.subList(1, words.size()));
    }

    /** @param words after the command's name */
    private static boolean isThere(CommandLine command, List<String> words) {
        if (!words.isEmpty() && command.getSubcommands().containsKey(words.get(0))) {
            return isThere(command.getSubcommands().get(words.get(0)), words.subList(1, words.size()));
        }
        return words.stream()
                .filter(word -> word.startsWith("-"))
                .map(option -> option.replaceAll("=.*", ""))
                .allMatch(option -> command.getCommandSpec().findOption(option) != null);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
