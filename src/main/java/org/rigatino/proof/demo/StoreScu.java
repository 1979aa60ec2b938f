package org.rigatino.proof.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** DCMTK's {@code storescu}, offering each file's SOP class in the transfer syntax that the file is in. */
public final class StoreScu {
    /** PS3.8 9.3.2.2: presentation context IDs are odd and at most 255. */
    private static final int MOST_CONTEXTS = 128;

    private static final String TAKEN = "I: Received Store Response (Success)";
    private static final String SENDING = "I: Sending file: ";
    private static final long LIMIT_MINUTES = 10;

    private StoreScu() {}

    /**
     * Sends in one association; a file that is not taken does not keep back those after it.
     *
     * @param workspace for the configuration, the list of files and {@code storescu.log}
     * @return how many were answered with success
     */
    public static int send(List<DicomFile> files, String callingAe, String calledAe, int port, Path workspace)
            throws IOException {
        Files.createDirectories(workspace);
        Path configuration = Files.write(workspace.resolve("storescu.cfg"), contexts(files));
        Path list = Files.write(
                workspace.resolve("storescu.files"),
                files.stream()
                        .map(file -> '"' + file.path().toAbsolutePath().toString() + '"')
                        .toList());
        List<String> command = List.of(
                "storescu",
                "-v",
                "-nh",
                "-aet",
                callingAe,
                "-aec",
                calledAe,
                "-xf",
                configuration.toString(),
                "Rigatino",
                "127.0.0.1",
                Integer.toString(port),
                "@" + list);
        Path log = workspace.resolve("storescu.log");
        run(command, log);
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return (int) lines.filter(TAKEN::equals).count();
        }
    }

    /** The files that the log of the last {@link #send} in this workspace says were answered with success. */
    public static Set<Path> taken(Path workspace) throws IOException {
        Set<Path> taken = new HashSet<>();
        Path sending = null;
        for (String line : Files.readAllLines(workspace.resolve("storescu.log"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(SENDING)) {
                sending = Path.of(line.substring(SENDING.length()));
            } else if (line.equals(TAKEN) && sending != null) {
                taken.add(sending);
            }
        }
        return taken;
    }

    private static List<String> contexts(List<DicomFile> files) throws IOException {
        List<String> pairs = files.stream()
                .map(file ->
                        file.sopClassUid() + "\\T" + file.transferSyntaxUid().replace('.', '_'))
                .distinct()
                .toList();
        if (pairs.size() > MOST_CONTEXTS) {
            throw new IOException("the files are of " + pairs.size() + " SOP class and transfer syntax pairs; one"
                    + " association takes " + MOST_CONTEXTS + ": send fewer at a time");
        }
        List<String> lines = new ArrayList<>(List.of("[[TransferSyntaxes]]"));
        for (String syntax :
                files.stream().map(DicomFile::transferSyntaxUid).distinct().toList()) {
            lines.add("[T" + syntax.replace('.', '_') + "]");
            lines.add("TransferSyntax1 = " + syntax);
        }
        lines.addAll(List.of("[[PresentationContexts]]", "[Files]"));
        for (int i = 0; i < pairs.size(); i++) {
            lines.add("PresentationContext" + (i + 1) + " = " + pairs.get(i));
        }
        lines.addAll(List.of("[[Profiles]]", "[Rigatino]", "PresentationContexts = Files"));
        return lines;
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("storescu had not ended after " + LIMIT_MINUTES + " minutes; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
