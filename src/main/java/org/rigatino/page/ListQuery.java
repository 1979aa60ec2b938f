package org.rigatino.page;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.finding.Priority;
import org.rigatino.triage.StudyQuery;

/** What the lists are narrowed down by, as the address of the page has it: so a view can be kept as a link. */
public class ListQuery extends StudyQuery {
    @QueryParam("priority")
    public List<String> priorities;

    @QueryParam("release")
    public String release;

    /** Answers 400 where one is none. */
    Set<Priority> chosenPriorities() {
        Set<Priority> chosen = new LinkedHashSet<>();
        for (String name : priorities == null ? List.<String>of() : priorities) {
            if (!name.isBlank()) {
                chosen.add(Arrays.stream(Priority.values())
                        .filter(priority -> priority.name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new BadRequestException("priority is one of " + Arrays.toString(Priority.values()))));
            }
        }
        return chosen;
    }

    /** Only those that narrow anything down, in a fixed order. */
    Map<String, List<String>> given() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        put(given, "search", search);
        put(given, "name", name);
        put(given, "patientId", patientId);
        put(given, "accession", accession);
        put(given, "from", from);
        put(given, "to", to);
        put(given, "sender", sender);
        put(given, "release", release);
        List<String> chosen = modalities == null
                ? List.of()
                : modalities.stream().filter(modality -> !modality.isBlank()).toList();
        if (!chosen.isEmpty()) {
            given.put("modality", chosen);
        }
        if (!chosenPriorities().isEmpty()) {
            given.put(
                    "priority", chosenPriorities().stream().map(Priority::name).toList());
        }
        return given;
    }

    private static void put(Map<String, List<String>> given, String name, String value) {
        if (value != null && !value.isBlank()) {
            given.put(name, List.of(value.strip()));
        }
    }
}
