package org.rigatino.hl7.listen;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HL7 table 0211, as far as every character of a set is known here and ASCII is part of it. */
final class CharacterSets {
    private static final Map<String, Charset> SETS = new HashMap<>(Map.of(
            "ASCII", StandardCharsets.US_ASCII,
            "8859/15", Charset.forName("ISO-8859-15"),
            "UNICODE UTF-8", StandardCharsets.UTF_8,
            "UTF-8", StandardCharsets.UTF_8,
            "GB 18030-2000", Charset.forName("GB18030"),
            "KS X 1001", Charset.forName("EUC-KR"),
            "BIG-5", Charset.forName("Big5")));

    static {
        for (int part = 1; part <= 9; part++) {
            SETS.put("8859/" + part, Charset.forName("ISO-8859-" + part));
        }
    }

    private CharacterSets() {}

    /** @param name in any case; empty where it is of no set that is read here */
    static Optional<Charset> of(String name) {
        return Optional.ofNullable(SETS.get(name.strip().toUpperCase(Locale.ROOT)));
    }
}
