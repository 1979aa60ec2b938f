package org.rigatino.workitem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;

/**
 * Workitems of one service that may be claimed. What was looked at and not taken is not looked at again for ten minutes, unless the
 * search tells that it was changed; what the service did not answer for is, once, when the search begins anew. Of what is left to others the log says why. Used by one thread.
 */
final class WorkitemSearch {
    private static final Logger LOG = Logger.getLogger(WorkitemSearch.class);

    /** Workitems that are held are not worked on meanwhile. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** At once: a service that is busy is not asked on and on. */
    private static final int MOST_UNANSWERED = 10;

    private final String name;
    private final ServiceSettings settings;
    private final UpsRs service;
    private final WorkitemRecord record;
    private final List<WorkitemPages> searches;
    private int first;

    /** With its mark as it was then. */
    private final Cache<String, Integer> left = forTenMinutes();

    private final Cache<String, Integer> unanswered = forTenMinutes();

    /** Not asked for before the search that came to it begins anew. */
    private final Map<String, WorkitemPages> waiting = new HashMap<>();

    /**
     * @param workitems each as its service has it now
     * @param problem where the service did not say all that there is; null where it did
     * @param listed whether it did answer the searches, and the problem is with a workitem
     */
    record Found(List<Workitem> workitems, DicomException problem, boolean listed) {}

    WorkitemSearch(String name, ServiceSettings settings, UpsRs service, WorkitemRecord record) {
        this.name = name;
        this.settings = settings;
        this.service = service;
        this.record = record;
        this.searches = settings.searches().stream()
                .map(keys -> new WorkitemPages(name, service, keys))
                .toList();
    }

    private static Cache<String, Integer> forTenMinutes() {
        return Caffeine.newBuilder()
                .maximumSize(50_000)
                .expireAfterWrite(Duration.ofMinutes(10))
                .build();
    }

    /**
     * At most so many. The service is asked even for none, which tells how it stands with it. A search that fails is the last one,
     * and so is one that fills the pass or is cut off: the next time those behind it come first. A search is cut off after half a
     * minute, and where too many workitems are unanswered: it goes on there the next time.
     */
    Found find(int most) {
        Pass pass = new Pass(most, Instant.now().plus(LONGEST), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < searches.size(); i++) {
            int which = (first + i) % searches.size();
            WorkitemPages pages = searches.get(which);
            try {
                if (pages.begin()) {
                    waiting.values().removeIf(pages::equals);
                }
                look(pages, pass);
            } catch (DicomException e) {
                first = (which + 1) % searches.size();
                return new Found(pass.found, e, false);
            }
            if (pass.isFull() || pass.isOver()) {
                first = most > 0 ? (which + 1) % searches.size() : first;
                break;
            }
        }
        return new Found(pass.found, pass.problems.isEmpty() ? null : pass.problems.get(0), true);
    }

    private record Pass(int most, Instant until, List<Workitem> found, List<DicomException> problems) {
        boolean isFull() {
            return found.size() >= most;
        }

        boolean isOver() {
            return problems.size() >= MOST_UNANSWERED || Instant.now().isAfter(until);
        }
    }

    private void look(WorkitemPages pages, Pass pass) throws DicomException {
        for (Map<String, Integer> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            Set<String> passed = new HashSet<>(record.known(name, page.keySet()));
            passed.addAll(waiting.keySet());
            pass.found.forEach(one -> passed.add(one.uid()));
            for (Map.Entry<String, Integer> one : page.entrySet()) {
                if (pass.isFull()) {
                    pages.restart();
                    return;
                }
                if (pass.isOver()) {
                    pages.putBack();
                    return;
                }
                if (!passed.contains(one.getKey()) && !one.getValue().equals(left.getIfPresent(one.getKey()))) {
                    look(one.getKey(), one.getValue(), pages, pass);
                }
            }
        }
    }

    /** What the service does not answer for is asked for once more before it is left, and holds up none behind it. */
    private void look(String uid, Integer mark, WorkitemPages pages, Pass pass) {
        try {
            judge(uid).ifPresentOrElse(pass.found::add, () -> left.put(uid, mark));
        } catch (DicomwebException e) {
            pass.problems.add(e);
            waiting.put(uid, pages);
            if (unanswered.asMap().putIfAbsent(uid, mark) != null) {
                left.put(uid, mark);
            }
        }
    }

    /** The whole of it decides: what a search answers with need not have every attribute. */
    private Optional<Workitem> judge(String uid) throws DicomwebException {
        try {
            Optional<JsonDataset> whole = service.retrieve(uid);
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            Workitem workitem = Workitem.of(uid, whole.get());
            if (!workitem.state().equals(Workitem.SCHEDULED) || !settings.concern(workitem)) {
                return Optional.empty();
            }
            Optional<String> obstacle = workitem.obstacle();
            obstacle.ifPresent(reason -> leave(uid, reason));
            return obstacle.isEmpty() ? Optional.of(workitem) : Optional.empty();
        } catch (DicomwebException e) {
            throw e;
        } catch (DicomException e) {
            leave(uid, e.getMessage());
            return Optional.empty();
        }
    }

    private void leave(String uid, String reason) {
        LOG.warnf("workitem %s at %s is left to others: %s", uid, name, reason);
    }
}
