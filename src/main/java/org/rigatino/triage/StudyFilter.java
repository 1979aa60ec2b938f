package org.rigatino.triage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rigatino.identity.IdentityFilter;
import org.rigatino.identity.IdentityLevel;

/**
 * What studies of any list may be narrowed down by; what is null or empty lets all through.
 *
 * @param modalities any of which an instance has
 * @param sender AE title that an instance came from
 */
public record StudyFilter(Set<String> modalities, String sender, IdentityFilter identity) {
    public static final StudyFilter NONE = new StudyFilter(Set.of(), null, IdentityFilter.NONE);

    /** Of SQL, for a table whose alias has the study's UID. */
    String join(String alias) {
        return identity.isEmpty()
                ? ""
                : " join study_identity i on i.study_instance_uid = " + alias + ".study_instance_uid";
    }

    /**
     * @param modality SQL that holds where one of {@code :modalities} is there
     * @param ofSender SQL that holds where {@code :sender} is there
     */
    Stream<String> conditions(String modality, String ofSender, IdentityLevel level) {
        return Stream.concat(
                Stream.of(modalities.isEmpty() ? "true" : modality, sender == null ? "true" : ofSender),
                identity.conditions(level).stream());
    }

    Map<String, Object> parameters(IdentityLevel level) {
        Map<String, Object> parameters = new HashMap<>(identity.parameters(level));
        if (!modalities.isEmpty()) {
            parameters.put("modalities", modalities);
        }
        if (sender != null) {
            parameters.put("sender", sender);
        }
        return parameters;
    }
}
