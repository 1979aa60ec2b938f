package org.rigatino.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one value of a text VR may be (PS3.5 table 6.2-1), and what may be meant by one that is not. */
public final class ValueRules {
    /** Characters that a value may have. */
    private static final Map<String, Integer> LONGEST = Map.of(
            "SH", 16, "LO", 64, "PN", 194, "ST", 1024, "LT", 10240, "UC", Integer.MAX_VALUE, "UT", Integer.MAX_VALUE);

    /** PS3.5 6.2 of DS. */
    private static final int DECIMAL_STRING = 16;

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})(\\.?)(\\d{2})\\2(\\d{2})");
    private static final Pattern TIME =
            Pattern.compile("([01]\\d|2[0-3])(:?[0-5]\\d(:?([0-5]\\d|60)(\\.\\d{1,6})?)?)?");

    private ValueRules() {}

    /**
     * The value as it may be written: the same one where it is valid; the one that is meant where a number is too long, a
     * code is in small letters, a date or a time has the punctuation of ACR-NEMA; else none.
     *
     * @param value without padding, not empty
     */
    static Optional<String> valid(String vr, String value) {
        return switch (vr) {
            case "AE" -> value.matches("[ -\\[\\]-~]{1,16}") ? Optional.of(value) : Optional.empty();
            case "AS" -> value.matches("\\d{3}[DWMY]") ? Optional.of(value) : Optional.empty();
            case "CS" -> Optional.of(value.toUpperCase(Locale.ROOT)).filter(code -> code.matches("[A-Z0-9 _]{1,16}"));
            case "DA" -> date(value);
            case "DS" -> DECIMAL.matcher(value).matches() ? decimal(value) : Optional.empty();
            case "IS" -> DECIMAL.matcher(value).matches() ? integer(value) : Optional.empty();
            case "TM" -> TIME.matcher(value).matches() ? Optional.of(value.replace(":", "")) : Optional.empty();
            case "UI" -> Optional.of(value).filter(Uids::isValid);
            default -> text(vr, value) ? Optional.of(value) : Optional.empty();
        };
    }

    /** Without the control characters that the VR does not take; see PS3.5 6.1.3. */
    private static boolean text(String vr, String value) {
        boolean lines = vr.equals("ST") || vr.equals("LT") || vr.equals("UT");
        boolean controls = value.chars()
                .anyMatch(c -> (c < ' ' || c == 0x7f) && c != 0x1b && !(lines && "\t\n\f\r".indexOf(c) >= 0));
        boolean escapes = value.indexOf(0x1b) >= 0;
        return !controls && LONGEST.containsKey(vr) && (escapes || value.length() <= LONGEST.get(vr));
    }

    private static Optional<String> date(String value) {
        java.util.regex.Matcher parts = DATE.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)));
            return Optional.of(parts.group(1) + parts.group(3) + parts.group(4));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> decimal(String value) {
        if (value.length() <= DECIMAL_STRING) {
            return Optional.of(value);
        }
        double number = Double.parseDouble(value);
        return Double.isFinite(number) ? Optional.of(decimalString(number)) : Optional.empty();
    }

    /** A Decimal String: exact where 16 characters hold it, else as near as they can. */
    public static String decimalString(double value) {
        BigDecimal number = new BigDecimal(Double.toString(value));
        String exact = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        for (int digits = DECIMAL_STRING; exact.length() > DECIMAL_STRING; digits--) {
            exact = number.round(new MathContext(digits)).stripTrailingZeros().toString();
        }
        return exact;
    }

    /** 32 bits with sign, 12 characters. */
    private static Optional<String> integer(String value) {
        try {
            return Optional.of(Integer.toString(new BigDecimal(value).intValueExact()));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
