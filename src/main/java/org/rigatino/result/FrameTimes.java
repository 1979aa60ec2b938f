package org.rigatino.result;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/** What tells frames at one place apart, the plainest first; NaN where the source does not say. */
final class FrameTimes {
    /** How many of {@link #of} there are. */
    static final int KINDS = 6;

    /** Of the last of them, which is different of every image. */
    static final int INSTANCE_NUMBER = 5;

    /** Of an instance, so that frames of two do not mix. */
    private static final double MOST_FRAMES = 1e6;

    /** Date and time of a DT value (PS3.5 6.2) that has an hour, and where it is said the offset from UTC. */
    private static final Pattern DATE_TIME = Pattern.compile("(\\d{8})(\\d{2,6}(?:\\.\\d{1,6})?)(?:[-+]\\d{4})?");

    private FrameTimes() {}

    /**
     * Temporal position, trigger time in ms, acquisition number, acquisition date and time, content date and time, instance
     * number and frame (PS3.3 C.7.6.16.2.2, C.8.3.1, C.7.6.1).
     */
    static double[] of(Dataset header, int frameNumber) throws DicomException {
        FunctionalGroups groups = FunctionalGroups.of(header, frameNumber);
        Dataset content = groups.macro(Tag.FrameContentSequence);
        Dataset trigger = groups.macro(Tag.CardiacSynchronizationSequence);
        return new double[] {
            number(content, Tag.TemporalPositionIndex, header, Tag.TemporalPositionIdentifier),
            number(trigger, Tag.NominalCardiacTriggerDelayTime, header, Tag.TriggerTime),
            number(content, Tag.FrameAcquisitionNumber, header, Tag.AcquisitionNumber),
            Double.isNaN(dateTime(content))
                    ? time(header, Tag.AcquisitionDate, Tag.AcquisitionTime)
                    : dateTime(content),
            time(header, Tag.ContentDate, Tag.ContentTime),
            SourceAttributes.number(header, Tag.InstanceNumber) * MOST_FRAMES + frameNumber,
        };
    }

    private static double number(Dataset own, int tag, Dataset header, int otherwise) {
        double number = number(own, tag);
        return Double.isNaN(number) ? number(header, otherwise) : number;
    }

    private static double number(Dataset dataset, int tag) {
        List<String> values = new Dataset().copyValid(dataset, tag).strings(tag);
        return values.size() == 1 ? Double.parseDouble(values.get(0)) : Double.NaN;
    }

    /** Digits of date and time one after the other, which order as time does; NaN without a time. */
    private static double time(Dataset dataset, int date, int time) {
        Dataset valid = new Dataset().copyValid(dataset, date, time);
        return valid.contains(time)
                ? digits(valid.string(date).orElse(""), valid.string(time).orElseThrow())
                : Double.NaN;
    }

    /** As {@link #time}, of one value that has both. */
    private static double dateTime(Dataset dataset) {
        Matcher parts =
                DATE_TIME.matcher(dataset.string(Tag.FrameAcquisitionDateTime).orElse(""));
        if (!parts.matches()) {
            return Double.NaN;
        }
        Dataset apart = new Dataset().put(Tag.AcquisitionDate, parts.group(1)).put(Tag.AcquisitionTime, parts.group(2));
        return new Dataset().copyValid(apart, Tag.AcquisitionDate).contains(Tag.AcquisitionDate)
                ? time(apart, Tag.AcquisitionDate, Tag.AcquisitionTime)
                : Double.NaN;
    }

    /** Microseconds, as far as a double holds them exactly. */
    private static double digits(String date, String time) {
        String whole = time.replaceAll("\\..*", "");
        String fraction = time.contains(".") ? time.substring(time.indexOf('.') + 1) : "";
        String padded = (whole + "0000").substring(0, 6) + (fraction + "000000").substring(0, 6);
        double day = date.isEmpty()
                ? 0
                : LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE).toEpochDay();
        return day * 1e12 + Double.parseDouble(padded);
    }
}
