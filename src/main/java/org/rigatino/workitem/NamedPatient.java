package org.rigatino.workitem;

import java.text.Normalizer;
import java.util.Collection;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;

/**
 * The patient that a workitem names, to be compared with that of its input and kept nowhere.
 *
 * @param id Patient ID (0010,0020); empty where it names none
 * @param issuer Issuer of Patient ID (0010,0021); empty where it names none
 */
record NamedPatient(String id, String issuer) {
    private static final String UNREADABLE = "\uFFFD";

    NamedPatient {
        id = plain(id);
        issuer = plain(issuer);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }

    /**
     * Whether any of what stands names another, or nothing of it names one: what cannot be compared is not the same. Without
     * an ID nobody is named, and an issuer counts where both name one.
     */
    boolean isAnotherThan(Collection<StudyIdentity> standing) {
        return !id.isEmpty()
                && (standing.stream().allMatch(one -> id(one).isEmpty())
                        || standing.stream().anyMatch(this::isAnotherThan));
    }

    private boolean isAnotherThan(StudyIdentity instance) {
        String other = plain(instance.value(IdentityAttribute.ISSUER_OF_PATIENT_ID));
        boolean differs = !issuer.isEmpty() && !other.isEmpty() && !issuer.equals(other);
        String its = id(instance);
        return !its.isEmpty() && (!its.equals(id) || its.contains(UNREADABLE) || differs);
    }

    private static String id(StudyIdentity instance) {
        return plain(instance.value(IdentityAttribute.PATIENT_ID));
    }
}
