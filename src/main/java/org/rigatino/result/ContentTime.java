package org.rigatino.result;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** Content Date and Time (0008,0023), (0008,0033) of a result, in whole seconds. */
final class ContentTime {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    /** DT (PS3.5 6.2). */
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx");

    private ContentTime() {}

    /**
     * Told in the zone that the object names for all of its dates and times (PS3.3 C.12.1.1.8); where it names none, in the
     * time's own: to name one would move the times that are the source's.
     *
     * @param object with the source's Timezone Offset From UTC (0008,0201), where that has one
     */
    static void put(Dataset object, OffsetDateTime time) {
        ZoneOffset zone = object.string(Tag.TimezoneOffsetFromUTC)
                .flatMap(ContentTime::zone)
                .orElse(time.getOffset());
        LocalDateTime local = time.withOffsetSameInstant(zone).toLocalDateTime();
        object.put(Tag.ContentDate, DATE.format(local)).put(Tag.ContentTime, TIME.format(local));
    }

    /** With its offset from UTC, whatever the object's is. */
    static String dateTime(OffsetDateTime time) {
        return DATE_TIME.format(time);
    }

    private static Optional<ZoneOffset> zone(String offset) {
        try {
            return Optional.of(ZoneOffset.of(offset.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
