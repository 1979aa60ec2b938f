package org.rigatino.study;

import java.util.Collection;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;

/** Says where objects go. */
public interface Routing {
    /**
     * Within the caller's transaction: sees to it that there is one delivery of each object to each destination that takes
     * objects of its kind. What failed or was declined before is tried anew; what is under way or confirmed stays as it is.
     *
     * @param outputs that stand
     */
    void add(Study study, Collection<Output> outputs);
}
