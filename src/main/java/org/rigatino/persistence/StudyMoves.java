package org.rigatino.persistence;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PostUpdate;

/**
 * Tells of every change of a study's row that goes through Hibernate. Whoever waits for one also looks by himself from
 * time to time: changes by statement, and those of other processes, are not told.
 */
public class StudyMoves {
    @Inject
    Event<StudyMoved> moved;

    @PostUpdate
    void tell(Study study) {
        moved.fire(new StudyMoved(study.state()));
    }
}
