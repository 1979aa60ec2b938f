package org.rigatino.retention;

import org.rigatino.audit.EventKind;

/** What is kept of a study in files. */
enum Holding {
    INSTANCES(EventKind.INSTANCES_DELETED, "instance", "instances_deleted_at", ""),
    /** Never while a delivery of one still waits, or has failed: it may have to be sent again. */
    OUTPUTS(
            EventKind.OUTPUTS_DELETED,
            "output",
            "outputs_deleted_at",
            " and not exists (select 1 from delivery d join study of on of.id = d.study_id"
                    + " where of.study_instance_uid = s.study_instance_uid"
                    + " and d.state not in ('CONFIRMED', 'DELIVERED', 'DECLINED', 'CANCELLED'))");

    static final String ENDED = "state in ('DELIVERED', 'CONFIRMED', 'REFUSED')";

    private final EventKind event;
    private final String table;
    private final String marker;
    private final String condition;

    Holding(EventKind event, String table, String marker, String condition) {
        this.event = event;
        this.table = table;
        this.marker = marker;
        this.condition = condition;
    }

    /**
     * Study Instance UIDs of which files may be deleted: every revision ended, none failed, the last longer ago than the
     * parameter. What failed is kept for replay.
     */
    String due() {
        return "select distinct s.study_instance_uid from study s where s." + ENDED + " and s." + marker
                + " is null and s.ended_at < ? and " + allEnded("s.study_instance_uid") + condition + " limit ?";
    }

    /** The same of one study, on which the caller holds the lock. */
    String isDue() {
        return "select 1 from study s where s.study_instance_uid = ? and s." + marker
                + " is null and s.ended_at < ? and " + allEnded("s.study_instance_uid") + condition + " limit 1";
    }

    static String allEnded(String uid) {
        return "not exists (select 1 from study o where o.study_instance_uid = " + uid
                + " and not (o.state = 'FAILED' and o.rerun_id is not null and o.superseded_at is not null) and (not o."
                + ENDED
                + " or o.ended_at is null or o.ended_at >= ? or o.last_received_at >= ?))";
    }

    String files() {
        return "select location, bytes from " + table + " f join study s on s.id = f.study_id"
                + " where s.study_instance_uid = ?";
    }

    String mark() {
        return "update study set " + marker + " = ? where study_instance_uid = ?";
    }

    /** The audit trail's word for it. */
    EventKind event() {
        return event;
    }
}
