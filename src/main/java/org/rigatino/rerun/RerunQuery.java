package org.rigatino.rerun;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which finished studies a request means. */
public class RerunQuery {
    @QueryParam("studyDateFrom")
    @Parameter(description = "First Study Date, like 2026-11-26; studies whose date is not on record are left out")
    public String studyDateFrom;

    @QueryParam("studyDateTo")
    @Parameter(description = "Last Study Date")
    public String studyDateTo;

    @QueryParam("receivedFrom")
    @Parameter(description = "First day of reception of the first instance, UTC")
    public String receivedFrom;

    @QueryParam("receivedTo")
    @Parameter(description = "Last day of it")
    public String receivedTo;

    @QueryParam("callingAeTitle")
    @Parameter(description = "That sent any of its images")
    public String callingAeTitle;

    @QueryParam("priority")
    @Parameter(description = "HIGH, MEDIUM or LOW, of what stands")
    public String priority;

    @QueryParam("modelDigest")
    @Parameter(description = "SHA-256 of the release whose findings stand, in hex")
    public String modelDigest;

    @QueryParam("all")
    @Parameter(
            description =
                    "true where every finished study is meant; a run that nothing narrows down is not started without it")
    public String all;

    /** @throws BadRequestException where nothing narrows it down and nobody says that all are meant, or somebody says both */
    RerunChoice explicit() {
        RerunChoice choice = choice();
        if (choice.equals(RerunChoice.ALL) && all == null) {
            throw new BadRequestException(
                    "nothing narrows the run down: give at least one of the other parameters, or say"
                            + " all=true where every finished study is meant");
        }
        return choice;
    }

    RerunChoice choice() {
        if (all != null && !all.equals("true")) {
            throw new BadRequestException("\"all\" is true, or left out");
        }
        RerunChoice choice = RerunChoice.of(
                studyDateFrom, studyDateTo, receivedFrom, receivedTo, callingAeTitle, priority, modelDigest);
        if (all != null && !choice.equals(RerunChoice.ALL)) {
            throw new BadRequestException(
                    "\"all\" takes every finished study, and other parameters narrow them down: leave"
                            + " out the one or the others");
        }
        return choice;
    }
}
