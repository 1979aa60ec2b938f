package org.rigatino.identity;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/**
 * What messages that are applied to a study have said of its patient so far.
 *
 * @param values name, birth date and sex as the last that says them has it
 * @param first the same as the first has it: who the patient is, as far as images leave it open
 */
record Told(Map<IdentityAttribute, String> values, Demographics first) {
    static final Told NOTHING = new Told(Map.of(), Demographics.UNKNOWN);

    static final List<IdentityAttribute> SAID = List.of(
            IdentityAttribute.PATIENT_NAME, IdentityAttribute.PATIENT_BIRTH_DATE, IdentityAttribute.PATIENT_SEX);

    Told with(PatientMessage message, NobodysValues nobodys) {
        Map<IdentityAttribute, String> next = new EnumMap<>(IdentityAttribute.class);
        next.putAll(values);
        SAID.stream()
                .filter(attribute -> !message.value(attribute).isEmpty())
                .forEach(attribute -> next.put(attribute, message.value(attribute)));
        return new Told(next, first.filledFrom(Demographics.of(message.values(), nobodys)));
    }
}
