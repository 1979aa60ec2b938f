package org.rigatino.release;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What a request supposes. */
public class WhatIfQuery {
    @QueryParam("falseAlarmsPer100")
    @Parameter(description = "Of 100 normal studies, above 0 and below 100")
    public String falseAlarmsPer100;

    @QueryParam("threshold")
    @Parameter(description = "Score at and above which an image is flagged")
    public String threshold;

    @QueryParam("modality")
    @Parameter(description = "Values of (0008,0060) that the release would take, with commas, like MR,CT")
    public String modality;

    @QueryParam("receivedFrom")
    @Parameter(description = "First day, UTC, like 2026-11-26: of reception, of frames when they were judged")
    public String receivedFrom;

    @QueryParam("receivedTo")
    @Parameter(description = "Last day of it")
    public String receivedTo;

    @QueryParam("callingAeTitle")
    @Parameter(description = "That sent any image of a study")
    public String callingAeTitle;

    @QueryParam("before")
    @Parameter(description = "\"next\" of the answer before, for the changed studies behind")
    public String before;

    /** @throws IllegalArgumentException naming what is wrong */
    public WhatIfChoice choice() {
        return WhatIfChoice.of(
                falseAlarmsPer100, threshold, modality, receivedFrom, receivedTo, callingAeTitle, before);
    }
}
