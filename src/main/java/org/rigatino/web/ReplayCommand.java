package org.rigatino.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
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
    private static final int PAGE = 1000;

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
            if (choice.study != null) {
                replay(client, choice.study);
                return told(1, 0);
            }
            Set<String> studies = failed(client);
            return told(studies.size(), choice.list ? 0 : refused(client, studies));
        } catch (IOException | IllegalArgumentException e) {
            command.commandLine().getErr().println("rigatino replay: " + e.getMessage());
            return 1;
        }
    }

    private int told(int studies, int refused) {
        command.commandLine()
                .getOut()
                .println("replay: " + (studies - refused) + " studies"
                        + (refused == 0 ? "" : ", " + refused + " refused"));
        return refused == 0 ? 0 : 1;
    }

    private void replay(RestClient client, String study) throws IOException {
        client.post("/api/studies/" + study + "/replay");
        command.commandLine().getOut().println(study + " is tried again");
    }

    /** One that somebody replayed meanwhile, or that has its outcome by now, holds up no other. */
    private int refused(RestClient client, Collection<String> studies) throws IOException {
        int refused = 0;
        for (String study : studies) {
            try {
                replay(client, study);
            } catch (RestClient.RefusedException e) {
                if (e.isOfCaller()) {
                    throw e;
                }
                command.commandLine().getErr().println("rigatino replay: " + e.getMessage());
                refused++;
            }
        }
        return refused;
    }

    /** All pages of them; a revision that was superseded is settled, and is tried no more. */
    private Set<String> failed(RestClient client) throws IOException {
        Set<String> studies = new LinkedHashSet<>();
        JsonNode page;
        int number = 0;
        do {
            page = client.get("/api/studies?state=FAILED&size=" + PAGE + "&page=" + number++);
            for (JsonNode study : page) {
                if (!study.hasNonNull("supersededAt")) {
                    print(study);
                    studies.add(study.path("studyInstanceUid").asText());
                }
            }
        } while (page.size() == PAGE);
        return studies;
    }

    private void print(JsonNode study) {
        if (choice.list) {
            command.commandLine()
                    .getOut()
                    .println(study.path("studyInstanceUid").asText() + " revision "
                            + study.path("revision").asInt() + ": "
                            + study.path("failedStage").asText() + ": "
                            + study.path("failureCause").asText());
        }
    }
}
