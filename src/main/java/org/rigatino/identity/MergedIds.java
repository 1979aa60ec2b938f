package org.rigatino.identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;

/** IDs that merges make one person's, over however many others; each is visited once, so that circles end. */
final class MergedIds {
    /** In SQL the next of {@code joined.id}, either way, by merges that count. */
    static final String NEXT =
            """
            select k.patient_id as id from patient_message k
              where k.prior_id = joined.id and k.prior_id <> '' and k.kind = 'MERGE' and k.voided_at is null
            union all
            select k.prior_id from patient_message k
              where k.patient_id = joined.id and k.kind = 'MERGE' and k.voided_at is null
            """;

    /** In SQL merges {@code k} into {@code merged.id} that count, or will once an administrator lets them in. */
    static final String INTO = " from merged join patient_message k on k.kind = 'MERGE'"
            + " and k.patient_id = merged.id and (k.voided_at is null or " + MessagesAgain.isHeld("k") + ")";

    private MergedIds() {}

    /** Those to which merges lead from an ID, in whichever order they were; itself among them. */
    static Set<Id> from(Id id, Collection<PatientMessage> messages) {
        return walk(id, messages, false);
    }

    /** Those that merges join with an ID, either way; itself among them. */
    static Set<Id> with(Id id, Collection<PatientMessage> messages) {
        return walk(id, messages, true);
    }

    private static Set<Id> walk(Id first, Collection<PatientMessage> messages, boolean back) {
        Map<Id, List<Id>> leads = new HashMap<>();
        for (PatientMessage merge : messages) {
            if (merge.kind() == Kind.MERGE) {
                leads.computeIfAbsent(merge.prior(), id -> new ArrayList<>()).add(merge.patient());
                leads.computeIfAbsent(merge.patient(), id -> new ArrayList<>())
                        .addAll(back ? List.of(merge.prior()) : List.of());
            }
        }
        Set<Id> found = new HashSet<>(Set.of(first));
        Deque<Id> next = new ArrayDeque<>(found);
        while (!next.isEmpty()) {
            leads.getOrDefault(next.remove(), List.of()).stream()
                    .filter(found::add)
                    .forEach(next::add);
        }
        return found;
    }
}
