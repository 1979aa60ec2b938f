package org.rigatino.retention;

import org.rigatino.audit.EventKind;

/** What is kept of a study in files. */
enum Holding {
    /** Again where anything came again: maybe not all of it, so that the mark of the rest stays. */
    INSTANCES(
            EventKind.INSTANCES_DELETED,
            "instance",
            "s.instances_deleted_at is null or s.instances_returned_at is not null",
            "instances_deleted_at = ?, instances_returned_at = null",
            " and not exists (select 1 from study r where r.study_instance_uid = s.study_instance_uid"
                    + " and r.instances_returned_at >= ?)"),
    /** Never while a delivery of one still waits, or has failed: it may have to be sent again. */
    OUTPUTS(
            EventKind.OUTPUTS_DELETED,
            "output",
            "s.outputs_deleted_at is null",
            "outputs_deleted_at = ?",
            " and not exists (select 1 from delivery d join study of on of.id = d.study_id"
                    + " where of.study_instance_uid = s.study_instance_uid"
                    + " and d.state not in ('CONFIRMED', 'DELIVERED', 'DECLINED', 'CANCELLED'))");

    static final String ENDED = "state in ('DELIVERED', 'CONFIRMED', 'REFUSED')";

    private final EventKind event;
    private final String table;
    private final String kept;
    private final String mark;
    private final String condition;

    Holding(EventKind event, String table, String kept, String mark, String condition) {
        this.event = event;
        this.table = table;
        this.kept = kept;
        this.mark = mark;
        this.condition = condition;
    }

    /**
     * Study Instance UIDs of which files may be deleted: every revision ended, none failed, the last longer ago than each
     * parameter but the last two says, in their order behind one. What failed is kept for replay.
     */
    String due() {
        return "select distinct s.study_instance_uid from study s where s." + ENDED + " and " + isDueSince()
                + " and s.study_instance_uid > ? order by 1 limit ?";
    }

    private String isDueSince() {
        return "(" + kept + ") and s.ended_at < ? and " + allEnded("s.study_instance_uid") + condition;
    }

    /** The same of one study, the first parameter, on which the caller holds the lock. */
    String isDue() {
        return "select 1 from study s where s.study_instance_uid = ? and " + isDueSince() + " limit 1";
    }

    /** In how many places {@link #due} and {@link #isDue} ask for the age. */
    int ages() {
        return (int) isDueSince().chars().filter(sign -> sign == '?').count();
    }

    static String allEnded(String uid) {
        return "not exists (select 1 from study o where o.study_instance_uid = " + uid
                + " and not (o.state = 'FAILED' and o.superseded_at is not null) and (not o."
                + ENDED
                + " or o.ended_at is null or o.ended_at >= ? or o.last_received_at >= ?))";
    }

    String files() {
        return "select location, bytes from " + table + " f join study s on s.id = f.study_id"
                + " where s.study_instance_uid = ?";
    }

    /** When, and the study. Triggers mark what is of it. */
    String mark() {
        return "update study set " + mark + " where study_instance_uid = ?";
    }

    /** The audit trail's word for it. */
    EventKind event() {
        return event;
    }
}
