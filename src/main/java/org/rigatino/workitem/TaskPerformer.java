package org.rigatino.workitem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rigatino.deliver.BackOff;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;

/**
 * Claims workitems of one service and sees each through. Every pass asks the record and goes on from there, so that one that
 * was cut short is repeated; the service refuses what was done before, and its state of the workitem then tells what that was.
 */
final class TaskPerformer {
    private static final Logger LOG = Logger.getLogger(TaskPerformer.class);

    /** Without an answer, after which a pass is over: those behind come first in the next one. */
    private static final int MOST_UNANSWERED = 2;

    private final String name;
    private final ServiceSettings settings;
    private final WorkitemRecord record;
    private final InputSource sources;
    private final Optional<CancelRequests> cancelRequests;
    private final WorkitemSearch search;
    private final BackOff backOff;
    private final int rejections;
    private final Hold hold;
    private final Claim claim;
    private final Performance performance;
    private Instant searchAt = Instant.MIN;
    private int searchesFailed;

    /** How often in a row, by SOP Instance UID. */
    private final Cache<String, Integer> unanswered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    TaskPerformer(
            String name,
            ServiceSettings settings,
            UpsRs service,
            WorkitemRecord record,
            InputStudy studies,
            InputSource sources,
            DeliverConfiguration deliver,
            Optional<CancelRequests> cancelRequests,
            Supplier<Map<String, Destination>> destinations) {
        this.name = name;
        this.settings = settings;
        this.record = record;
        this.sources = sources;
        this.cancelRequests = cancelRequests;
        this.search = new WorkitemSearch(name, settings, service, record);
        this.backOff = new BackOff(deliver.retry().first(), deliver.retry().longest());
        this.rejections = deliver.retry().rejections();
        this.hold = new Hold(service, record, backOff, rejections);
        this.claim = new Claim(service, record, hold);
        this.performance = new Performance(settings, service, record, studies, sources, destinations, hold);
    }

    /**
     * What cannot be done now has its pause when this returns or throws.
     *
     * @throws DicomException the first reason, where the service is out of reach, busy, or does not say what there is
     */
    void pass() throws DicomException {
        Pass pass = new Pass();
        for (ClaimedWorkitem workitem : record.due(name)) {
            pass.work(workitem);
            pass.requireAnswers();
        }
        if (!Instant.now().isBefore(searchAt)) {
            claimNew(pass);
        }
        pass.end();
    }

    private void claimNew(Pass pass) {
        searchAt = Instant.now().plus(settings.service().every());
        int atOnce = settings.service().atOnce();
        WorkitemSearch.Found found = search.find(Math.max(atOnce - record.open(name, rejections, atOnce), 0));
        Set<String> fresh = new HashSet<>();
        for (Workitem workitem : found.workitems()) {
            if (record.claiming(
                    name, workitem, sources.of(workitem, settings.service().source()))) {
                fresh.add(workitem.uid());
            }
        }
        if (!fresh.isEmpty()) {
            record.due(name).stream()
                    .filter(workitem -> fresh.contains(workitem.uid()))
                    .forEach(workitem -> pass.work(workitem));
        }
        searched(found, pass);
    }

    private void searched(WorkitemSearch.Found found, Pass pass) {
        searchesFailed = found.listed() ? 0 : searchesFailed + 1;
        DicomException problem = found.problem();
        if (problem == null) {
            record.asked(name, null);
            return;
        }
        Duration pause = backOff.after(searchesFailed, problem);
        Instant later = Instant.now().plus(pause);
        searchAt = later.isAfter(searchAt) ? later : searchAt;
        pass.failed(problem);
    }

    /** What is wrong with one workitem holds up no other. */
    private final class Pass {
        private DicomException problem;
        private int withoutAnswer;

        void work(ClaimedWorkitem workitem) {
            try {
                if (workitem.state() == WorkitemState.CLAIMING) {
                    claim.send(workitem);
                } else {
                    cancelRequests.ifPresent(requests -> requests.listenFor(workitem));
                    performance.goOn(workitem);
                }
                unanswered.invalidate(workitem.uid());
            } catch (DicomwebException e) {
                withoutAnswer++;
                int times = unanswered.asMap().merge(workitem.uid(), 1, Integer::sum);
                record.postponed(workitem, e.getMessage(), backOff.after(times, e));
                failed(e);
            } catch (DicomException e) {
                hold.refused(workitem, e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(e, "workitem %s at %s is tried again", workitem.uid(), name);
                record.postponed(workitem, "an error that nobody foresaw of ours, see the log", backOff.longest());
            }
        }

        void failed(DicomException e) {
            problem = problem == null ? e : problem;
        }

        void requireAnswers() throws DicomException {
            if (withoutAnswer >= MOST_UNANSWERED) {
                throw problem;
            }
        }

        void end() throws DicomException {
            if (problem != null) {
                throw problem;
            }
        }
    }
}
