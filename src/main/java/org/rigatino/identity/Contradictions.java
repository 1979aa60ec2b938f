package org.rigatino.identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.NobodysValues;

/** What studies and messages here say against applying a message to one study: that whom it is about is another person than that study's. */
final class Contradictions {
    private final List<Demographics> persons;
    private final List<PatientMessage> messages;
    private final Map<PatientMessage, Set<Id>> together;
    private final Map<Id, List<Demographics>> here;
    private final NobodysValues nobodys;

    /**
     * @param persons who the study's patient may be, by its images
     * @param messages in the order of their events
     * @param together other IDs of which a message says the same as of its patient's
     * @param here what instances say of the patients of each ID, whichever study they are of
     */
    Contradictions(
            List<Demographics> persons,
            List<PatientMessage> messages,
            Map<PatientMessage, Set<Id>> together,
            Map<Id, List<Demographics>> here,
            NobodysValues nobodys) {
        this.persons = persons;
        this.messages = messages;
        this.together = together;
        this.here = here;
        this.nobodys = nobodys;
    }

    /** Whether studies here, this one among them, tell that the IDs of the message are not all of one person. */
    boolean isOfSeveralPersons(PatientMessage message) {
        Set<Id> others = together.getOrDefault(message, Set.of());
        List<Demographics> all = Stream.concat(
                        persons.stream(),
                        Stream.concat(Stream.of(message.patient()), others.stream())
                                .flatMap(id -> here.getOrDefault(id, List.of()).stream()))
                .toList();
        return !others.isEmpty() && all.stream().anyMatch(one -> all.stream().anyMatch(one::isAnotherThan));
    }

    /**
     * Whether the ID which is left is, or ever was, another person's: by studies that are here, by messages of before these images too,
     * which know nothing of that ID, by both together, and over however many merges that led to it.
     *
     * @param first what messages that are applied to the study said first of what its images leave out
     */
    boolean isOfAnother(PatientMessage merge, Demographics first) {
        return left(merge).stream()
                .flatMap(left -> told(left, merge).stream())
                .anyMatch(told -> told.isAnotherThanAnyOf(persons, first));
    }

    /**
     * What studies here say of who is left, or of one who became that one.
     *
     * @param ids from whose it was said to who is left
     */
    private record Left(Demographics said, Set<Id> ids) {}

    /** Of who is left, and of all who were merged into it by then, but of those that make another person, and of who was merged into such. */
    private List<Left> left(PatientMessage merge) {
        List<Left> left = new ArrayList<>();
        Map<Id, Set<Id>> ways =
                new HashMap<>(Map.of(merge.prior(), Set.of(), merge.patient(), Set.of(merge.patient())));
        Deque<Id> next = new ArrayDeque<>(List.of(merge.patient()));
        while (!next.isEmpty()) {
            Id id = next.remove();
            List<Left> same = here.getOrDefault(id, List.of(Demographics.UNKNOWN)).stream()
                    .filter(said -> left.stream().map(Left::said).noneMatch(said::isAnotherThan))
                    .map(said -> new Left(said, ways.get(id)))
                    .toList();
            left.addAll(same);
            if (!same.isEmpty()) {
                merged(merge, id, ways.keySet()).forEach(prior -> {
                    ways.put(
                            prior,
                            Stream.concat(ways.get(id).stream(), Stream.of(prior))
                                    .collect(Collectors.toSet()));
                    next.add(prior);
                });
            }
        }
        return left;
    }

    /** Into an ID by the time of a merge, the first of them first, without those that are known. */
    private List<Id> merged(PatientMessage merge, Id into, Set<Id> known) {
        return upTo(merge, Set.of(into)).stream()
                .filter(other -> other.kind() == Kind.MERGE && !known.contains(other.prior()))
                .map(PatientMessage::prior)
                .distinct()
                .toList();
    }

    /** Every other message of the IDs up to the merge, and of its time, by which no other is before it. */
    private List<PatientMessage> upTo(PatientMessage merge, Set<Id> ids) {
        return messages.stream()
                .filter(message -> ids.contains(message.patient())
                        && !message.eventAt().isAfter(merge.eventAt())
                        && !message.equals(merge))
                .toList();
    }

    /** What studies here say, and what each message made of it, but of those that make another person; last the merge. */
    private List<Demographics> told(Left left, PatientMessage merge) {
        List<Demographics> told = new ArrayList<>(List.of(left.said()));
        Demographics last = left.said();
        for (PatientMessage message : upTo(merge, left.ids())) {
            Demographics next = last.with(message, nobodys);
            if (!left.said().isAnotherThan(next)) {
                told.add(next);
                last = next;
            }
        }
        told.add(last.with(merge, nobodys));
        return told;
    }
}
