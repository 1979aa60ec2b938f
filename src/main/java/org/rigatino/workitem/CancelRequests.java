package org.rigatino.workitem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.UpsAnswer;
import org.rigatino.deliver.dicomweb.UpsEvents;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;

/**
 * Requests of others to cancel workitems of one service, as far as that tells of them: it need not, and who misses one performs the
 * workitem as any other (PS3.18 11.8). Whatever fails here holds up the
 * rest for ten seconds a minute at most. Used by one thread.
 */
final class CancelRequests {
    private static final Logger LOG = Logger.getLogger(CancelRequests.class);
    private static final int MOST_LOOKS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final String subscriber;
    private final DicomwebArchive archive;
    private final UpsRs service;
    private final WorkitemRecord record;
    private final Cache<String, Boolean> subscribed =
            Caffeine.newBuilder().maximumSize(10_000).build();
    /** A request that comes before the workitem is on record is heard when it is repeated. */
    private final Cache<String, Boolean> heard = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final Duration pause;

    private Instant looksUntil = Instant.MIN;
    private int looks;
    private UpsEvents channel;
    private Instant openAt = Instant.MIN;
    private Instant pingAt = Instant.MIN;

    CancelRequests(String name, String subscriber, DicomwebArchive archive, WorkitemRecord record) {
        this(name, subscriber, archive, record, Duration.ofMinutes(1));
    }

    /** @param pause between attempts to open the channel, and between pings */
    CancelRequests(String name, String subscriber, DicomwebArchive archive, WorkitemRecord record, Duration pause) {
        this.pause = pause;
        this.name = name;
        this.subscriber = subscriber;
        this.archive = archive.withinAtMost(PATIENCE);
        this.service = new UpsRs(this.archive);
        this.record = record;
    }

    /** Hears of it from now on, where the service lets. */
    void listenFor(ClaimedWorkitem workitem) {
        if (isOpen() && subscribed.asMap().putIfAbsent(workitem.uid(), true) == null) {
            try {
                UpsAnswer answer = service.subscribe(workitem.uid(), subscriber);
                if (answer.outcome() != UpsAnswer.Outcome.DONE) {
                    LOG.warnf("requests to cancel workitem %s will not be heard: %s", workitem.uid(), answer.text());
                }
            } catch (DicomException e) {
                subscribed.invalidate(workitem.uid());
                close();
                openAt = Instant.now().plus(pause);
                LOG.warnf("requests to cancel workitem %s are not heard yet: %s", workitem.uid(), e.getMessage());
            }
        }
    }

    private boolean isOpen() {
        if (channel != null && channel.isOpen() && answers()) {
            return true;
        }
        if (Instant.now().isBefore(openAt)) {
            return false;
        }
        openAt = Instant.now().plus(pause);
        pingAt = openAt;
        try {
            close();
            channel = UpsEvents.open(archive, subscriber, this::requested);
            return true;
        } catch (DicomwebException e) {
            LOG.warnf(
                    "requests to cancel workitems of %s are not heard: %s; next attempt in %s",
                    name, e.getMessage(), pause);
            return false;
        }
    }

    /** Asked once in each pause; else believed. */
    private boolean answers() {
        if (Instant.now().isBefore(pingAt)) {
            return true;
        }
        pingAt = Instant.now().plus(pause);
        if (channel.answers(PATIENCE)) {
            return true;
        }
        close();
        openAt = Instant.MIN;
        LOG.warnf(
                "the channel on which %s tells of requests to cancel answers no ping within %s, and is opened anew: what was"
                        + " asked in the last %s may not have been heard",
                name, PATIENCE, pause);
        return false;
    }

    /** Called by one thread of the channel's at a time. What is no workitem of ours, or was asked before, leaves no line. */
    private void requested(String uid) {
        if (heard.asMap().putIfAbsent(uid, true) != null || !mayLook()) {
            return;
        }
        try {
            if (record.cancelRequested(name, uid)) {
                LOG.infof("another asks to cancel workitem %s at %s", uid, name);
            }
        } catch (RuntimeException e) {
            heard.invalidate(uid);
            LOG.warnf("that another asks to cancel workitem %s cannot be recorded: %s", uid, e.getMessage());
        }
    }

    /** A service that tells of workitems without end costs no more than so many looks into the record. */
    private boolean mayLook() {
        Instant now = Instant.now();
        if (now.isAfter(looksUntil)) {
            looksUntil = now.plus(pause);
            looks = 0;
        }
        if (++looks == MOST_LOOKS + 1) {
            LOG.warnf(
                    "%s tells of more than %d requests to cancel in %s: the others are not heard",
                    name, MOST_LOOKS, pause);
        }
        return looks <= MOST_LOOKS;
    }

    private void close() {
        if (channel != null) {
            channel.close();
        }
    }
}
