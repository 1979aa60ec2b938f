package org.rigatino.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.rigatino.dicom.Tag;

/** What a rule may ask for, in the order in which it is told. */
enum AskedAttribute {
    /** Of the association, or of the request by DICOMweb, that the instance came by. */
    CALLING_AE_TITLE("callingAeTitle", null, Condition::callingAeTitle),
    STATION_NAME("stationName", Tag.StationName, Condition::stationName),
    INSTITUTION_NAME("institutionName", Tag.InstitutionName, Condition::institutionName),
    MODALITY("modality", Tag.Modality, Condition::modality),
    BODY_PART_EXAMINED("bodyPartExamined", Tag.BodyPartExamined, Condition::bodyPartExamined),
    STUDY_DESCRIPTION("studyDescription", Tag.StudyDescription, Condition::studyDescription),
    SERIES_DESCRIPTION("seriesDescription", Tag.SeriesDescription, Condition::seriesDescription),
    PROTOCOL_NAME("protocolName", Tag.ProtocolName, Condition::protocolName);

    private final String key;
    private final Integer tag;
    private final Function<Condition, List<String>> wanted;

    AskedAttribute(String key, Integer tag, Function<Condition, List<String>> wanted) {
        this.key = key;
        this.tag = tag;
        this.wanted = wanted;
    }

    /** As a file of rules names it. */
    String key() {
        return key;
    }

    /** Empty where no header tells it. */
    Optional<Integer> tag() {
        return Optional.ofNullable(tag);
    }

    /** Patterns of which one has to match; empty where the condition does not ask. */
    List<String> wanted(Condition condition) {
        return wanted.apply(condition);
    }
}
