package org.rigatino.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.WhatIf;
import org.rigatino.web.ModelView;

/**
 * What the page of suppositions shows.
 *
 * @param here the release with what is in force; null where its files are not here
 * @param form fields as they were sent, by their names
 * @param answer null where nothing was supposed
 * @param refused why nothing was answered; null where that is not so
 */
public record WhatIfContents(
        ReleaseView release, ModelView here, Map<String, String> form, WhatIf answer, Spoken refused) {
    /** Text of a field. */
    public String field(String name) {
        return form.getOrDefault(name, "");
    }

    /** Modalities that the release takes. */
    public String modalities() {
        return String.join(",", here.eligibility().modality());
    }

    /** Of the rules of which nothing can be said. */
    public String unknown() {
        return String.join(", ", answer.modality().unknown());
    }

    /** Where the list of changed studies goes on. */
    public String behind() {
        String fields = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8) + "&")
                .sorted()
                .collect(Collectors.joining());
        return "/models/" + release.digest() + "/what-if?" + fields + "before="
                + answer.studies().next();
    }
}
