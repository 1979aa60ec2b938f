package org.rigatino.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.identity.Correction.Doubt;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/**
 * Follows a study's patient through messages, in the order of their events, from what instances said last; what happened before is
 * passed over, since the instances may know better. Whichever message came first, it leads to the same.
 */
final class PatientCourse {
    private final Map<IdentityAttribute, String> recorded;
    private final List<PatientMessage> messages;
    private final List<PatientMessage> later;
    private final List<PatientMessage> earlier;
    private final Contradictions contradictions;
    private final Map<PatientMessage, Doubt> kept;
    private final NobodysValues nobodys;
    private final List<Demographics> persons;
    private final Set<Id> former = new LinkedHashSet<>();
    private final Set<PatientMessage> applied = new HashSet<>();
    private final Map<PatientMessage, Doubt> doubts = new HashMap<>();
    private final Id first;
    private Told told = Told.NOTHING;
    private Id now;
    private Instant time;
    private Instant at;

    /**
     * @param recorded what instances say
     * @param since when they said it first
     * @param messages of the patient's ID and all it was merged with
     * @param together other IDs of which a message says the same as of its patient's
     * @param here what instances say of the patients of each ID, whichever study they are of
     * @param kept messages that stay in doubt, whatever is known by now
     * @param first whose the study is by what they say; without an issuer where nobody knows it
     */
    PatientCourse(
            Map<IdentityAttribute, String> recorded,
            Instant since,
            List<PatientMessage> messages,
            Map<PatientMessage, Set<Id>> together,
            Map<Id, List<Demographics>> here,
            Map<PatientMessage, Doubt> kept,
            Id first,
            NobodysValues nobodys) {
        this.recorded = recorded;
        this.kept = kept;
        this.nobodys = nobodys;
        this.time = Instant.MIN;
        this.messages = messages.stream()
                .sorted(Comparator.comparing(PatientMessage::eventAt))
                .toList();
        this.later = new ArrayList<>(this.messages.stream()
                .filter(message -> message.eventUntil().isAfter(since))
                .toList());
        this.earlier = this.messages.stream()
                .filter(message -> !message.eventUntil().isAfter(since))
                .toList();
        this.first = first;
        this.now = first;
        this.persons = Demographics.of(recorded, nobodys).asAnyOf(here.getOrDefault(first, List.of()));
        this.contradictions = new Contradictions(persons, this.messages, together, here, nobodys);
    }

    Correction follow() {
        if (first.id().isEmpty() || first.issuer().isEmpty()) {
            return Correction.NONE;
        }
        earlier.stream().filter(this::wouldChange).forEach(message -> doubts.put(message, Doubt.EARLIER_THAN_IMAGES));
        for (Optional<PatientMessage> next = next(); next.isPresent(); next = next()) {
            take(next.get());
        }
        Map<IdentityAttribute, String> said = new EnumMap<>(IdentityAttribute.class);
        said.putAll(told.values());
        if (!now.equals(first)) {
            said.put(IdentityAttribute.PATIENT_ID, now.id());
            if (!now.issuer().equals(first.issuer())) {
                said.put(IdentityAttribute.ISSUER_OF_PATIENT_ID, now.issuer());
            }
        }
        said.entrySet().removeIf(one -> one.getValue().equals(recorded.getOrDefault(one.getKey(), "")));
        return new Correction(
                said,
                said.isEmpty() ? null : at,
                said.isEmpty() ? List.of() : List.copyOf(former),
                before(IdentityAttribute.PATIENT_BIRTH_DATE, said),
                before(IdentityAttribute.PATIENT_SEX, said),
                applied,
                doubts,
                withheld(),
                null,
                Map.of());
    }

    /** What led elsewhere, or was before these, may be taken back, once that which speaks against these is deleted. */
    private Set<PatientMessage> withheld() {
        Set<Id> ids = MergedIds.from(first, messages);
        return messages.stream()
                .filter(message -> message.kind() == Kind.MERGE
                        && ids.contains(message.prior())
                        && !applied.contains(message)
                        && (kept.containsKey(message) || contradictions.isOfAnother(message, told.first())))
                .collect(Collectors.toSet());
    }

    /** What instances say, where something else is shown; else null. */
    private String before(IdentityAttribute attribute, Map<IdentityAttribute, String> said) {
        String value = recorded.getOrDefault(attribute, "");
        return said.containsKey(attribute) && !value.isEmpty() ? value : null;
    }

    private boolean wouldChange(PatientMessage message) {
        boolean other = Told.SAID.stream()
                .map(attribute -> List.of(message.value(attribute), recorded.getOrDefault(attribute, "")))
                .anyMatch(said -> !said.get(0).isEmpty() && !said.get(0).equals(said.get(1)));
        return isMergeOf(first, message) || message.patient().equals(first) && other;
    }

    /** Of who the patient is now: of an ID that was merged nothing counts any more, since it may have been given anew. */
    private Optional<PatientMessage> next() {
        return later.stream()
                .filter(message ->
                        !message.eventAt().isBefore(time) && (message.patient().equals(now) || isMergeOf(now, message)))
                .findFirst();
    }

    private static boolean isMergeOf(Id id, PatientMessage message) {
        return message.kind() == Kind.MERGE && message.prior().equals(id);
    }

    private void take(PatientMessage message) {
        later.remove(message);
        time = message.eventAt();
        boolean merge = isMergeOf(now, message);
        if (merge && isOneOfSeveral(message)) {
            end(message);
            return;
        }
        Told then = told;
        Map<PatientMessage, Doubt> before = new HashMap<>();
        for (PatientMessage one : merge ? before(message) : List.<PatientMessage>of()) {
            Doubt doubt = doubt(one, then);
            before.put(one, doubt);
            then = doubt == null ? then.with(one, nobodys) : then;
        }
        Doubt doubt = doubt(message, then);
        if (doubt != null || merge && contradictions.isOfAnother(message, told.first())) {
            doubts.put(message, doubt == null ? Doubt.ANOTHER_PERSON : doubt);
            return;
        }
        if (merge) {
            former.add(now);
            now = message.patient();
        }
        before.forEach(this::taken);
        taken(message, null);
        told = then.with(message, nobodys);
        at = message.eventAt();
    }

    private void taken(PatientMessage message, Doubt doubt) {
        if (doubt == null) {
            applied.add(message);
        } else {
            doubts.put(message, doubt);
        }
    }

    /** At one time into several; of an ID that led away before it is another patient's, to whom it was given anew. */
    private boolean isOneOfSeveral(PatientMessage merge) {
        return later.stream()
                .anyMatch(other -> isMergeOf(now, other)
                        && !other.patient().equals(merge.patient())
                        && other.eventAt().equals(merge.eventAt()));
    }

    /** Nobody knows who the patient is from a merge in doubt on: nothing that is said of the ID from then on counts. */
    private void end(PatientMessage merge) {
        doubts.put(merge, Doubt.SEVERAL_MERGES);
        later.stream()
                .filter(message ->
                        !message.eventAt().isBefore(time) && (message.patient().equals(now) || isMergeOf(now, message)))
                .forEach(message -> doubts.put(message, Doubt.SEVERAL_MERGES));
        later.clear();
    }

    /** What was said of who is left before the merge. */
    private List<PatientMessage> before(PatientMessage merge) {
        return later.stream()
                .filter(message -> message.patient().equals(merge.patient())
                        && message.eventAt().isBefore(merge.eventAt()))
                .toList();
    }

    /** Why a message is not to be applied after what others have told; null where it is in no doubt. */
    private Doubt doubt(PatientMessage message, Told before) {
        if (kept.containsKey(message)) {
            return kept.get(message);
        }
        if (contradictions.isOfSeveralPersons(message)) {
            return Doubt.SEVERAL_PERSONS;
        }
        Map<IdentityAttribute, String> shown = new EnumMap<>(IdentityAttribute.class);
        shown.putAll(recorded);
        shown.putAll(before.with(message, nobodys).values());
        return Demographics.of(shown, nobodys).isAnotherThanAnyOf(persons, before.first())
                ? Doubt.ANOTHER_PERSON
                : null;
    }
}
