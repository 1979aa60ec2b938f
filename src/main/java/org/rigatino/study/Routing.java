package org.rigatino.study;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.result.ObjectKind;

/** Says where objects go. */
public interface Routing {
    /** What studies wait for where there is none, and who can do what about it. */
    String NONE =
            "a destination: none is in force, and what is made would go nowhere; an administrator adds one on the page"
                    + " /administration/destination or by PUT /api/destinations/NAME, or names one in rigatino.deliver.destinations";

    /** {@link #NONE} where a revision in that state waits for it; null where there is one, or it has come further. */
    default String waitsFor(StudyState state) {
        return isAny() || state != StudyState.READY && state != StudyState.RESTORING ? null : NONE;
    }

    /** Whether a destination is in force, as it was a second ago at most: without one nothing is made, and studies wait as READY. */
    boolean isAny();

    /** No destination changes until the caller's transaction ends. Before it locks deliveries and studies, and adds any. */
    void hold();

    /**
     * Within the caller's transaction: sees to it that there is one delivery of each object to each destination that takes
     * objects of its kind. What failed or was declined before is tried anew; what is under way or confirmed stays as it is.
     *
     * @param outputs that stand
     * @param asked kinds of objects by the destination that took them when restoring began: another gets nothing of the
     *     study, since objects for it were not made
     * @throws IllegalStateException where none of those is in force any more and there are outputs: nothing may be recorded
     */
    void add(Study study, Collection<Output> outputs, Map<String, Set<ObjectKind>> asked);
}
