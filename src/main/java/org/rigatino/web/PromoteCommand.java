package org.rigatino.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running Rigatino which releases serve, and has another serve. */
@Command(
        name = "promote",
        description = "Has a model release in shadow serve, goes back, or lists which serve; for all workers, from the"
                + " next study on.",
        mixinStandardHelpOptions = true)
public final class PromoteCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final class Choice {
        @Parameters(
                paramLabel = "RELEASE",
                description = "The release that is to serve: NAME/VERSION, or its digest where two are named alike.")
        String promote;

        @Option(
                names = "--back",
                paramLabel = "RELEASE",
                description = "The release that is not to serve any more: those whose place it took serve again.")
        String back;

        @Option(names = "--list", description = "Print the releases that workers have seen.")
        boolean list;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice;

    @Option(
            names = "--leave-to-nobody",
            paramLabel = "SHA256",
            description =
                    "Of the images that nobody would judge then, as --list says, which are meant to be refused; without it, or"
                            + " where they are others by now, such an act is refused.")
    private String leaveToNobody;

    @Option(
            names = "--accept-losses",
            paramLabel = "SHA256",
            description =
                    "Of what --list says is lost, which is meant to be; without it, or where something else is lost by"
                            + " now, such a promotion is refused.")
    private String acceptLosses;

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        try {
            RestClient client = server.client(LIMIT);
            JsonNode releases = client.get("/api/releases");
            if (choice.list) {
                releases.forEach(release -> out.println(line(release)));
                return 0;
            }
            String wanted = choice.promote != null ? choice.promote : choice.back;
            JsonNode release = find(releases, wanted);
            String act = choice.promote != null ? "promote" : "withdraw";
            JsonNode changed = client.post(
                    "/api/releases/" + release.path("digest").asText() + "/" + act,
                    seen(release.path(choice.promote != null ? "inPlaceOf" : "backTo")));
            out.println("served before: " + names(changed.path("before")) + "; serves now: "
                    + names(changed.path("after")));
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            command.commandLine().getErr().println("rigatino promote: " + e.getMessage());
            return 1;
        }
    }

    private static JsonNode find(JsonNode releases, String wanted) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode release : releases) {
            if (wanted.equals(release.path("model").asText())
                    || wanted.equals(release.path("digest").asText())) {
                found.add(release);
            }
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    (found.isEmpty() ? "no worker has seen " + wanted : "several releases are named " + wanted)
                            + ": name one of --list" + (found.isEmpty() ? "" : " by its digest"));
        }
        return found.get(0);
    }

    /** Where another is quicker than this command, it is told. */
    private ObjectNode seen(JsonNode others) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode digests = body.putArray("others");
        others.forEach(other -> digests.add(other.path("digest")));
        if (leaveToNobody != null) {
            body.put("leaveToNobody", leaveToNobody);
        }
        if (acceptLosses != null) {
            body.put("acceptLosses", acceptLosses);
        }
        return body;
    }

    private static String names(JsonNode models) {
        List<String> names = new ArrayList<>();
        models.forEach(model -> names.add(model.asText()));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String line(JsonNode release) {
        List<String> lacking = new ArrayList<>();
        release.path("lacking").forEach(worker -> lacking.add(worker.asText()));
        return release.path("model").asText() + " " + release.path("standing").asText() + " since "
                + release.path("since").asText()
                + (release.path("changedBy").isNull()
                        ? ""
                        : " by " + release.path("changedBy").asText()) + ", sha256 "
                + release.path("digest").asText() + ", at "
                + release.path("workers").asInt() + " workers"
                + (lacking.isEmpty() ? "" : "; " + String.join("; ", lacking)) + left(release) + lost(release);
    }

    private static String lost(JsonNode release) {
        List<String> lost = new ArrayList<>();
        release.path("losses").forEach(loss -> lost.add(loss.path("text").asText()));
        return lost.isEmpty()
                ? ""
                : "; promoting it gives up: " + String.join("; ", lost) + " (--accept-losses "
                        + release.path("lossesSha256").asText() + ")";
    }

    private static String left(JsonNode release) {
        List<String> left = new ArrayList<>();
        release.path("leavesToNobody").forEach(each -> {
            List<String> rules = new ArrayList<>();
            each.path("rules").forEach(rule -> rules.add(rule.asText()));
            each.path("houseRules").forEach(rule -> rules.add("rule \"" + rule.asText() + "\" of the house"));
            left.add(
                    rules.isEmpty()
                            ? "all of " + each.path("model").asText()
                            : "of " + each.path("model").asText() + " by " + String.join(", ", rules));
        });
        boolean serves = release.path("standing").asText().equals("SERVING");
        String apart = release.path("rulesApart").asText(null);
        if (apart != null) {
            left.add("whatever workers leave that follow different rules of the house, or such as cannot be told ("
                    + apart + ")");
        }
        return left.isEmpty()
                ? ""
                : "; " + (serves ? "going back" : "promoting it") + " leaves images to nobody: "
                        + String.join("; ", left) + " (--leave-to-nobody "
                        + release.path("leavesToNobodySha256").asText() + ")";
    }
}
