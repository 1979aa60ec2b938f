package org.rigatino.rule;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.UnreadableAttributeException;
import org.rigatino.restore.AgeRange;

/**
 * What rules may ask of one instance. Its text may be patient data: it is told to who showed the file, and in no log. Immutable.
 */
public final class Subject {
    /** What {@link #of} asks for. */
    public static final Set<Integer> TAGS = Stream.concat(
                    Stream.of(Tag.SpecificCharacterSet, Tag.PatientAge, Tag.PatientBirthDate, Tag.StudyDate),
                    Arrays.stream(AskedAttribute.values()).flatMap(attribute -> attribute.tag().stream()))
            .collect(Collectors.toUnmodifiableSet());

    /** Sixteen times what their value representations allow (PS3.5 6.2). */
    private static final int LONGEST_VALUE = 1024;

    private final Map<AskedAttribute, List<String>> values;
    private final Set<AskedAttribute> unreadable;
    private final OptionalDouble age;
    private final boolean ageUnreadable;
    /** Why nobody knows who sent it. */
    private final RuleWords unsent;

    private Subject(Dataset header, RuleWords unsent) {
        this.unsent = unsent;
        values = new EnumMap<>(AskedAttribute.class);
        unreadable = EnumSet.of(AskedAttribute.CALLING_AE_TITLE);
        for (AskedAttribute attribute : AskedAttribute.values()) {
            attribute.tag().ifPresent(tag -> read(attribute, header, tag));
        }
        age = AgeRange.years(header);
        // A date of birth beside a date of the study that is absent, or that stands for none, is an age that nobody can
        // tell.
        ageUnreadable = age.isEmpty() && (isThere(header, Tag.PatientAge) || isThere(header, Tag.PatientBirthDate));
    }

    private Subject(Subject other, String callingAeTitle) {
        values = new EnumMap<>(other.values);
        values.put(AskedAttribute.CALLING_AE_TITLE, List.of(callingAeTitle));
        unreadable = EnumSet.copyOf(other.unreadable);
        unreadable.remove(AskedAttribute.CALLING_AE_TITLE);
        age = other.age;
        ageUnreadable = other.ageUnreadable;
        unsent = other.unsent;
    }

    /** Nobody knows who sent it. @param header up to Series Instance UID at least */
    public static Subject of(Dataset header) {
        return new Subject(header, RuleWords.NOT_KNOWN);
    }

    /** Shown by somebody who may have said by which AE title it would come. */
    static Subject shown(Optional<String> callingAeTitle, Dataset header) {
        Subject unsent = new Subject(header, RuleWords.NOT_ENTERED);
        return callingAeTitle.map(unsent::sentBy).orElse(unsent);
    }

    public static Subject of(Optional<String> callingAeTitle, Dataset header) {
        Subject unsent = of(header);
        return callingAeTitle.map(unsent::sentBy).orElse(unsent);
    }

    /** The same, where it is known by which AE title it came. */
    public Subject sentBy(String callingAeTitle) {
        return new Subject(this, callingAeTitle);
    }

    private void read(AskedAttribute attribute, Dataset header, int tag) {
        List<String> said = header.strings(tag);
        if (isReadable(header, tag)
                && header.decodes(tag)
                && said.stream().allMatch(value -> value.length() <= LONGEST_VALUE)) {
            values.put(
                    attribute, said.stream().filter(value -> !value.isEmpty()).toList());
        } else {
            unreadable.add(attribute);
        }
    }

    private static boolean isThere(Dataset header, int tag) {
        return !isReadable(header, tag) || header.contains(tag) && !header.isEmpty(tag);
    }

    private static boolean isReadable(Dataset header, int tag) {
        try {
            header.requireReadable(tag);
            return true;
        } catch (UnreadableAttributeException e) {
            return false;
        }
    }

    List<String> values(AskedAttribute attribute) {
        return values.getOrDefault(attribute, List.of());
    }

    boolean isUnreadable(AskedAttribute attribute) {
        return unreadable.contains(attribute);
    }

    /** In years. */
    Optional<Double> age() {
        return age.isPresent() ? Optional.of(age.getAsDouble()) : Optional.empty();
    }

    boolean ageIsUnreadable() {
        return ageUnreadable;
    }

    RuleText told(AskedAttribute attribute) {
        if (isUnreadable(attribute)) {
            return (attribute.tag().isPresent() ? RuleWords.UNREADABLE : unsent).of(attribute.key());
        }
        List<String> said = values(attribute);
        return said.isEmpty() ? RuleWords.ABSENT.of(attribute.key()) : RuleText.is(attribute.key(), said);
    }

    RuleText toldAge() {
        if (ageUnreadable) {
            return RuleWords.NO_AGE.of(Condition.PATIENT_AGE);
        }
        return age.isPresent()
                ? RuleText.isAge(String.format(Locale.ROOT, "%.1f", age.getAsDouble()))
                : RuleWords.ABSENT.of(Condition.PATIENT_AGE);
    }
}
