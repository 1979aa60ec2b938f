package org.rigatino.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.patient.IdentityAttribute;

/**
 * What messages make of what instances say of a study's patient.
 *
 * @param values that are shown instead; none where nothing is corrected
 * @param at of the last event that counts; null where nothing is corrected
 * @param former IDs before merges, the first that of the instances
 * @param birthDate what instances say of it, where something else is shown; else null
 * @param sex the same of the sex
 * @param applied messages that are in no doubt
 * @param doubts messages that are not applied, and why
 * @param withheld merges of one of the patient's IDs which others, or when they were, kept from leading anywhere, and which what is said
 *     of others would keep from it too; nobody is told
 * @param ofAll why none at all is applied; else null
 * @param messages that were followed, by number
 */
record Correction(
        Map<IdentityAttribute, String> values,
        Instant at,
        List<Id> former,
        String birthDate,
        String sex,
        Set<PatientMessage> applied,
        Map<PatientMessage, Doubt> doubts,
        Set<PatientMessage> withheld,
        Doubt ofAll,
        Map<Long, PatientMessage> messages) {
    static final Correction NONE =
            new Correction(Map.of(), null, List.of(), null, null, Set.of(), Map.of(), Set.of(), null, Map.of());
    static final Correction TOO_MANY = new Correction(
            Map.of(), null, List.of(), null, null, Set.of(), Map.of(), Set.of(), Doubt.TOO_MANY_MESSAGES, Map.of());

    /** Null where the message is applied, or changes nothing. */
    Doubt of(PatientMessage message) {
        return ofAll == null ? doubts.get(message) : ofAll;
    }

    Correction numbered(Map<Long, PatientMessage> followed) {
        return new Correction(values, at, former, birthDate, sex, applied, doubts, withheld, ofAll, followed);
    }

    /** Null where what others say is not why it is not applied. */
    Doubt forWhatOthersSay(PatientMessage message) {
        Doubt doubt = doubts.get(message);
        if (doubt != null && doubt.restsOnOthers()) {
            return doubt;
        }
        return withheld.contains(message) ? Doubt.ANOTHER_PERSON : null;
    }

    /** Why a message is not applied. */
    enum Doubt {
        /** Of name, birth date and sex two would be others than the images say, or than studies here say of the ID that is left. */
        ANOTHER_PERSON,
        /** The ID was merged into several at one time, or this is of it from then on. */
        SEVERAL_MERGES,
        /** Studies here say that the IDs of the message are different persons. */
        SEVERAL_PERSONS,
        /** Images that came later say otherwise. */
        EARLIER_THAN_IMAGES,
        /** Of the patient's IDs there are more than can be followed. */
        TOO_MANY_MESSAGES;

        /** On what other studies or messages say, which may be deleted; not on the study's own images alone, or on what was said when. */
        boolean restsOnOthers() {
            return this == ANOTHER_PERSON || this == SEVERAL_PERSONS;
        }
    }
}
