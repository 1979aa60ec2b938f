package org.rigatino.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running Rigatino to try failed studies again. */
@Command(
        name = "replay",
        description = "Lists failed studies, or tries them again once the cause is mended.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MOST = 1000;

    private static final class Choice {
        @Option(names = "--list", description = "Print the studies that have failed, with stage and cause.")
        boolean list;

        @Option(names = "--all", description = "Try every failed study again.")
        boolean all;

        @Option(names = "--study", paramLabel = "UID", description = "Try this study again.")
        String study;

        @Option(
                names = "--judge-anew",
                paramLabel = "UID",
                description = "Have what of this study was refused judged anew.")
        String judgeAnew;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice;

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        RestClient client = server.client(LIMIT);
        try {
            if (choice.judgeAnew != null) {
                client.post("/api/studies/" + choice.judgeAnew + "/judge-anew");
                command.commandLine().getOut().println(choice.judgeAnew + " is judged anew");
                return 0;
            }
            List<String> studies = choice.study != null ? List.of(choice.study) : failed(client);
            if (!choice.list) {
                for (String study : studies) {
                    client.post("/api/studies/" + study + "/replay");
                    command.commandLine().getOut().println(study + " is tried again");
                }
            }
            command.commandLine().getOut().println("replay: " + studies.size() + " studies");
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            command.commandLine().getErr().println("rigatino replay: " + e.getMessage());
            return 1;
        }
    }

    private List<String> failed(RestClient client) throws IOException {
        List<String> studies = new ArrayList<>();
        for (JsonNode study : client.get("/api/studies?state=FAILED&size=" + MOST)) {
            String uid = study.path("studyInstanceUid").asText();
            if (choice.list) {
                command.commandLine()
                        .getOut()
                        .println(uid + " revision " + study.path("revision").asInt() + ": "
                                + study.path("failedStage").asText() + ": "
                                + study.path("failureCause").asText());
            }
            if (!studies.contains(uid)) {
                studies.add(uid);
            }
        }
        return studies;
    }
}
