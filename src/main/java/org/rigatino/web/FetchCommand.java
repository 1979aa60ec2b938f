package org.rigatino.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running Rigatino to fetch studies from an archive. */
@Command(
        name = "fetch",
        description = {
            "Searches an archive (C-FIND) and has what matches sent here (C-MOVE), or a DICOMweb service (QIDO-RS, WADO-RS).",
            "What comes is worked on as any study.",
            "Exit 0: all that matches is here. 1: refused or failed. 3: nothing matches."
        },
        mixinStandardHelpOptions = true)
public final class FetchCommand implements Callable<Integer> {
    /** The search itself; a retrieval is asked after until it has ended. */
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** After which it is said that nobody has begun. */
    private static final Duration UNTAKEN = Duration.ofSeconds(30);

    private static final int NOTHING_MATCHES = 3;

    private static final class Choice {
        @Option(names = "--accession", paramLabel = "NUMBER", description = "Studies of this accession number.")
        String accessionNumber;

        @Option(names = "--study", paramLabel = "UID", description = "The study of this Study Instance UID.")
        String study;

        @ArgGroup(exclusive = false)
        OfPatient ofPatient;
    }

    private static final class OfPatient {
        @Option(
                names = "--patient-id",
                paramLabel = "ID",
                required = true,
                description = "Studies of this patient, 100 at most.")
        String id;

        @Option(names = "--issuer", paramLabel = "ISSUER", description = "Issuer of the patient ID.")
        String issuer;

        @Option(names = "--from", paramLabel = "DATE", description = "First study date, as in 2026-11-29.")
        LocalDate from;

        @Option(names = "--to", paramLabel = "DATE", description = "Last study date.")
        LocalDate to;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "One of rigatino.ingest.sources; the only one where it is left out.")
    private String source;

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        RestClient client = server.client(LIMIT);
        try {
            String archive = source != null ? source : onlyArchive(client);
            if (!archive.matches("[A-Za-z0-9._-]+")) {
                throw new IOException("\"" + archive + "\" is no name of a source");
            }
            JsonNode studies = client.post("/api/sources/" + archive + "/fetch", search());
            if (studies.isEmpty()) {
                command.commandLine().getErr().println("rigatino fetch: " + archive + " lists no study that matches");
                return NOTHING_MATCHES;
            }
            print(studies);
            return await(client, archive, studies) ? 0 : 1;
        } catch (RestClient.RefusedException e) {
            print(e.problem().path("studies"));
            return failed(e);
        } catch (IOException | IllegalArgumentException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(e);
        }
    }

    private int failed(Exception e) {
        command.commandLine().getErr().println("rigatino fetch: " + e.getMessage());
        return 1;
    }

    private static String onlyArchive(RestClient client) throws IOException {
        List<String> names = new ArrayList<>();
        client.get("/api/sources")
                .forEach(archive -> names.add(archive.path("name").asText()));
        if (names.size() != 1) {
            throw new IOException(
                    names.isEmpty()
                            ? "no archive is configured: set rigatino.ingest.sources.NAME.host, .port and .ae-title, or .url of a"
                                    + " DICOMweb service"
                            : "name one of the archives by --source: " + String.join(", ", names));
        }
        return names.get(0);
    }

    private ObjectNode search() {
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        if (choice.ofPatient == null) {
            return search.put("accessionNumber", choice.accessionNumber).put("studyInstanceUid", choice.study);
        }
        return search.put("patientId", choice.ofPatient.id)
                .put("issuerOfPatientId", choice.ofPatient.issuer)
                .put("from", choice.ofPatient.from == null ? null : choice.ofPatient.from.toString())
                .put("to", choice.ofPatient.to == null ? null : choice.ofPatient.to.toString());
    }

    private void print(JsonNode studies) {
        PrintWriter out = command.commandLine().getOut();
        for (JsonNode study : studies) {
            List<String> modalities = new ArrayList<>();
            study.path("modalities").forEach(modality -> modalities.add(modality.asText()));
            out.println(study.path("studyInstanceUid").asText()
                    + "  patient " + study.path("patient").asInt()
                    + "  " + study.path("date").asText("without date")
                    + "  " + (modalities.isEmpty() ? "unknown modality" : String.join(",", modalities))
                    + "  "
                    + (study.path("instances").isInt()
                            ? study.path("instances").asInt() + " instances"
                            : "not counted"));
        }
        out.flush();
    }

    /** Until all have ended. */
    private boolean await(RestClient client, String archive, JsonNode studies)
            throws IOException, InterruptedException {
        boolean whole = true;
        for (JsonNode study : studies) {
            String uid = study.path("studyInstanceUid").asText();
            JsonNode status = awaitEnd(
                    client,
                    uid,
                    "/api/sources/" + archive + "/retrievals/"
                            + study.path("retrieval").asLong());
            boolean retrieved = status.path("state").asText().equals("RETRIEVED");
            say(uid + ": "
                    + (retrieved
                            ? status.path("instancesStored").asInt() + " instances are here"
                            : "failed: " + status.path("lastError").asText()));
            whole &= retrieved;
        }
        say("fetch: " + studies.size() + " studies" + (whole ? "" : ", not all of them here"));
        return whole;
    }

    /** An attempt that failed is told of, and that there was none. */
    private JsonNode awaitEnd(RestClient client, String uid, String path) throws IOException, InterruptedException {
        String told = "";
        long begun = System.nanoTime();
        JsonNode status = client.get(path);
        while (status.path("state").asText().equals("PENDING")) {
            boolean untaken = status.path("attempts").asInt() == 0 && System.nanoTime() - begun > UNTAKEN.toNanos();
            String news = untaken
                    ? "nobody has begun with it: another study of the archive may be under way; a process with the role"
                            + " listener has to run"
                    : status.path("lastError").asText("");
            if (!news.isEmpty() && !news.equals(told)) {
                say(uid + ": " + (untaken ? "" : "an attempt failed, and is repeated: ") + news);
                told = news;
            }
            TimeUnit.MILLISECONDS.sleep(500);
            status = client.get(path);
        }
        return status;
    }

    private void say(String line) {
        command.commandLine().getOut().println(line);
        command.commandLine().getOut().flush();
    }
}
