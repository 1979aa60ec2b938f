package org.rigatino.page;

import java.util.List;
import java.util.Set;
import org.rigatino.persistence.StudyState;
import org.rigatino.web.StudyQueries;
import org.rigatino.web.StudyView;

/**
 * A page of the study revisions that were refused, the last received first.
 *
 * @param followed whether there are more beyond this page
 */
public record RefusedRevisions(List<StudyView> entries, boolean followed) {
    static RefusedRevisions of(StudyQueries queries, int page, int size) {
        List<StudyView> found = queries.list(Set.of(StudyState.REFUSED), page * size, size + 1);
        boolean followed = found.size() > size;
        return new RefusedRevisions(followed ? found.subList(0, size) : found, followed);
    }
}
