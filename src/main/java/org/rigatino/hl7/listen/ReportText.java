package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.rigatino.report.ReceivedReport;

/**
 * The text of a report: OBX-5 of TX, FT, and ED of a plain text (HL7 2.5.1 2.A), and ST, CE and CWE behind what they are of, in their
 * order, each with its unit (OBX-6), what is normal (OBX-7) and what is said of it (OBX-8).
 */
final class ReportText {
    private static final Set<String> PLAIN = Set.of("", "PLAIN", "TEXT", "TXT", "ASCII");

    private static final Set<String> VALUES = Set.of("ST", "CE", "CWE");

    private static final Pattern CODING_SYSTEM = Pattern.compile("[A-Z][A-Z0-9+_-]*|99[A-Z0-9]+");

    private ReportText() {}

    static boolean isValue(Segment observation) throws MessageFault {
        return VALUES.contains(observation.value(2, 1));
    }

    /** Whether there is something in it that stands and is not part of the text. */
    private static boolean isLeftOut(Segment observation) throws MessageFault {
        return !observation.raw(5).isBlank()
                && !isPart(observation)
                && !Standing.GONE.contains(observation.value(11, 1))
                && !Standing.NOTHING.contains(observation.value(11, 1));
    }

    private static boolean isPart(Segment observation) throws MessageFault {
        String status = observation.value(11, 1);
        return isText(observation) && !Standing.NOTHING.contains(status)
                || isValue(observation) && (status.isEmpty() || Standing.FINAL.contains(status));
    }

    /** How many observations and notes say something that is not in the text. */
    static int notShown(OrderGroup group) throws MessageFault {
        int count = 0;
        for (Segment observation : group.observations()) {
            count += isLeftOut(observation) ? 1 : 0;
        }
        for (Segment note : group.notes()) {
            count += note.raw(3).isBlank() ? 0 : 1;
        }
        return count;
    }

    static boolean isText(Segment observation) throws MessageFault {
        return switch (observation.value(2, 1)) {
            case "TX", "FT" -> true;
            case "ED" -> isPlain(observation);
            default -> false;
        };
    }

    /** ED.2 and ED.3 (HL7 tables 0191, 0291). */
    private static boolean isPlain(Segment observation) throws MessageFault {
        List<String> data = observation.repetitions(5);
        return data.size() == 1
                && Set.of("TEXT", "TX", "FT")
                        .contains(observation.part(data.get(0), 2, 1).toUpperCase(Locale.ROOT))
                && PLAIN.contains(observation.part(data.get(0), 3, 1).toUpperCase(Locale.ROOT));
    }

    /** An empty line stands where another observation (OBX-3) begins. */
    static String of(OrderGroup group) throws MessageFault {
        StringBuilder text = new StringBuilder();
        String before = null;
        Segment last = group.obr();
        for (Segment observation : group.observations()) {
            if (!isPart(observation)) {
                continue;
            }
            String what = observation.value(3, 1);
            text.append(before == null || before.equals(what) ? "" : "\n")
                    .append(lines(observation))
                    .append('\n');
            before = what;
            last = observation;
        }
        String whole = text.toString().strip();
        if (whole.isEmpty()) {
            throw MessageFault.wrong(ErrorCode.REQUIRED_FIELD_MISSING, last.place(5), "is empty");
        }
        if (whole.codePointCount(0, whole.length()) > ReceivedReport.MOST) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR,
                    last.place(5),
                    "ends a text of more than " + ReceivedReport.MOST + " characters");
        }
        return whole;
    }

    private static String lines(Segment observation) throws MessageFault {
        StringBuilder lines = new StringBuilder();
        String behind = unit(observation) + range(observation) + flags(observation);
        for (String repetition : observation.repetitions(5)) {
            String text = legible(text(observation, repetition));
            lines.append(lines.isEmpty() ? "" : "\n").append(text).append(text.isBlank() ? "" : behind);
        }
        return isValue(observation) ? labelled(observation, lines.toString()) : lines.toString();
    }

    /**
     * OBX-6, in words where it is coded, which it is with a coding system (CWE.3 or CWE.6, HL7 table 0396); else as it was sent:
     * of {@code cm^3} without an escape a component is another unit. With a blank before it.
     */
    private static String unit(Segment observation) throws MessageFault {
        List<String> units = observation.repetitions(6);
        if (units.isEmpty()) {
            return "";
        }
        String unit = units.get(0);
        for (int component : new int[] {3, 6}) {
            if (CODING_SYSTEM.matcher(observation.component(unit, component)).matches()) {
                return behind(words(observation, 6, unit));
            }
        }
        return behind(observation.resolved(unit, 6));
    }

    /** OBX-7, an ST: as it was sent. */
    private static String range(Segment observation) throws MessageFault {
        String range = observation.resolved(observation.raw(7), 7).strip();
        return range.isEmpty() ? "" : behind("(" + range + ")");
    }

    /** OBX-8, as its codes (HL7 table 0078). */
    private static String flags(Segment observation) throws MessageFault {
        List<String> flags = new ArrayList<>();
        for (String repetition : observation.repetitions(8)) {
            String flag = observation.resolved(observation.component(repetition, 1), 8);
            flags.add(flag.isBlank() ? words(observation, 8, repetition) : flag);
        }
        flags.removeIf(String::isBlank);
        return flags.isEmpty() ? "" : behind("[" + String.join(", ", flags) + "]");
    }

    private static String behind(String text) {
        return text.isBlank() ? "" : " " + legible(text).strip();
    }

    private static String text(Segment observation, String repetition) throws MessageFault {
        return switch (observation.value(2, 1)) {
            case "ED" -> data(observation, repetition);
            case "CE", "CWE" -> words(observation, 5, repetition);
            default -> observation.resolved(repetition, 5);
        };
    }

    /** What was meant in words: CWE.9, CWE.2, CWE.5, else the code. */
    private static String words(Segment observation, int field, String repetition) throws MessageFault {
        for (int component : new int[] {9, 2, 5, 1, 4}) {
            String text = observation.resolved(observation.component(repetition, component), field);
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /** A value says little without what it is of (OBX-3). */
    private static String labelled(Segment observation, String value) throws MessageFault {
        String name = observation.value(3, 2).isEmpty() ? observation.value(3, 1) : observation.value(3, 2);
        return name.isEmpty() || value.isBlank() ? value : name + ": " + value;
    }

    /** ED.4 and ED.5 (HL7 table 0299). */
    private static String data(Segment observation, String repetition) throws MessageFault {
        String encoded = observation.component(repetition, 5);
        try {
            return switch (observation.part(repetition, 4, 1).toUpperCase(Locale.ROOT)) {
                case "A", "" -> observation.resolved(encoded, 5);
                case "BASE64" -> decoded(observation, Base64.getMimeDecoder().decode(encoded));
                case "HEX" -> decoded(observation, HexFormat.of().parseHex(encoded));
                default -> throw new IllegalArgumentException();
            };
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR,
                    observation.place(5),
                    "is not what its encoding (A, Hex, Base64) says, or no text of the message's character set");
        }
    }

    private static String decoded(Segment observation, byte[] bytes) throws CharacterCodingException {
        return observation.charset().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** Lines end as on this machine; what is no text, or turns the direction of what is around it, is seen to be none. */
    private static String legible(String text) {
        return text.replaceAll("\r\n?|[\\x0B\\x0C]", "\n")
                .replaceAll("[\\p{Cc}&&[^\n\t]]|[\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]", "\uFFFD");
    }
}
