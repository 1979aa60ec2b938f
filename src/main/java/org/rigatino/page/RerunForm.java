package org.rigatino.page;

import jakarta.ws.rs.FormParam;
import java.util.HashMap;
import java.util.Map;

/** What finished studies are to be judged again, as the form of a previewed run sends it. */
public class RerunForm {
    @FormParam("studyDateFrom")
    String studyDateFrom;

    @FormParam("studyDateTo")
    String studyDateTo;

    @FormParam("receivedFrom")
    String receivedFrom;

    @FormParam("receivedTo")
    String receivedTo;

    @FormParam("callingAeTitle")
    String callingAeTitle;

    @FormParam("priority")
    String priority;

    @FormParam("modelDigest")
    String modelDigest;

    /** How many the preview showed. */
    @FormParam("studies")
    String studies;

    /** By the names of the fields, without {@link #studies}; what was not sent is not among them. */
    Map<String, String> choice() {
        Map<String, String> sent = new HashMap<>();
        sent.put("studyDateFrom", studyDateFrom);
        sent.put("studyDateTo", studyDateTo);
        sent.put("receivedFrom", receivedFrom);
        sent.put("receivedTo", receivedTo);
        sent.put("callingAeTitle", callingAeTitle);
        sent.put("priority", priority);
        sent.put("modelDigest", modelDigest);
        sent.values().removeIf(text -> text == null);
        return sent;
    }
}
