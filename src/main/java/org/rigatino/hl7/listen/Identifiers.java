package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.NobodysValues;

/** Parts of CX, sexes, and dates of DTM (HL7 2.5.1 2.A.14, 2.A.22). */
final class Identifiers {
    /** HL7 table 0203: account and visit. */
    private static final Set<String> OF_VISITS = Set.of("AN", "VN");

    /** HL7 table 0203: what one authority gives its patients; empty says nothing else. */
    private static final Set<String> OF_PATIENTS = Set.of("", "MR", "PI", "PT");

    /** HL7 table 0001: ambiguous is other; unknown and not applicable say nothing. */
    private static final Map<String, String> SEXES = Map.of("F", "F", "M", "M", "O", "O", "A", "O");

    private static final Pattern DATE = Pattern.compile("(?<date>(?<year>\\d{4})((?<month>\\d\\d)(?<day>\\d\\d)?)?)"
            + "((?<=\\d{8})([01]\\d|2[0-3])([0-5]\\d([0-5]\\d(\\.\\d{1,4})?)?)?)?([+-]\\d{4})?");

    private Identifiers() {}

    /** As VR CS, of small letters too; empty where it is not said, or in a word of the site's own: what else is said is worth more. */
    static String sex(Segment segment, int field) throws MessageFault {
        return SEXES.getOrDefault(segment.value(field, 1).toUpperCase(Locale.ROOT), "");
    }

    /** CX.4: its namespace, else its universal ID; empty where there is none. */
    static String issuer(Segment segment, String repetition, int field) throws MessageFault {
        String namespace = segment.identifier(segment.part(repetition, 4, 1), field);
        return namespace.isEmpty() ? segment.identifier(segment.part(repetition, 4, 2), field) : namespace;
    }

    /** By CX.5 not of a patient. */
    static boolean isOfVisit(Segment segment, String repetition, int field) throws MessageFault {
        return OF_VISITS.contains(segment.identifier(segment.part(repetition, 5, 1), field));
    }

    /** Whether it can be one of the site's authority where it has no issuer (CX.5). */
    static boolean isOfPatient(Segment segment, String repetition, int field) throws MessageFault {
        return OF_PATIENTS.contains(segment.identifier(segment.part(repetition, 5, 1), field));
    }

    /**
     * As much of YYYYMMDD as there is, of a day that has been; a time is left out. Empty where it is not said, or is one of {@code
     * rigatino.nobody}, which systems send where nobody knows.
     */
    static String date(Segment segment, int field) throws MessageFault {
        String value = segment.value(field, 1);
        Matcher parts = DATE.matcher(value);
        boolean formed = parts.matches();
        String date = formed ? parts.group("date") : value;
        if (date.isEmpty() || NobodysValues.of(ConfigProvider.getConfig()).has("", "", date)) {
            return "";
        }
        if (!formed || !hasBeen(parts)) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR,
                    segment.place(field),
                    "is no date that has been, as YYYY, YYYYMM or YYYYMMDD, with a time or without");
        }
        return date;
    }

    private static boolean hasBeen(Matcher parts) {
        try {
            LocalDate first = LocalDate.of(number(parts, "year"), number(parts, "month"), number(parts, "day"));
            // Somewhere on Earth it is tomorrow.
            return !first.isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(1)) && first.getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** 1 where it is not said. */
    private static int number(Matcher parts, String group) {
        return parts.group(group) == null ? 1 : Integer.parseInt(parts.group(group));
    }
}
