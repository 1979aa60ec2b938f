package org.rigatino.triage;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.rigatino.identity.IdentityFilter;

/** Which studies a request is about. What is blank is taken for absent, as a form sends it. */
public class StudyQuery {
    @QueryParam("search")
    @Parameter(
            description = "Beginnings of a name's words, or the beginning of a patient's ID or of an accession number")
    public String search;

    @QueryParam("name")
    @Parameter(description = "Beginnings of words of the patient's name, in any of its component groups")
    public String name;

    @QueryParam("patientId")
    @Parameter(description = "The whole Patient ID, in any case")
    public String patientId;

    @QueryParam("accession")
    @Parameter(description = "The whole Accession Number, in any case")
    public String accession;

    @QueryParam("from")
    @Parameter(description = "First day of Study Date, as in 2026-11-29")
    public String from;

    @QueryParam("to")
    @Parameter(description = "Last day of Study Date")
    public String to;

    @QueryParam("modality")
    @Parameter(description = "As in DICOM, CT for example; any of them where there are several")
    public List<String> modalities;

    @QueryParam("sender")
    @Parameter(description = "AE title that an instance came from")
    public String sender;

    /** Answers 400 where a day is none, or none can lie between the days. */
    public StudyFilter filter() {
        try {
            IdentityFilter identity = IdentityFilter.of(search, name, patientId, accession, from, to);
            return new StudyFilter(modalities(), text("sender", sender), identity);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage());
        }
    }

    private Set<String> modalities() {
        return modalities == null
                ? Set.of()
                : modalities.stream()
                        .map(modality -> text("modality", modality))
                        .filter(modality -> modality != null)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Null where blank. */
    public static String text(String parameter, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequestException(parameter + " has a control character");
        }
        return value.strip();
    }
}
