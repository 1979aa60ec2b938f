package org.rigatino.workitem;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.deliver.dicomweb.AnswerTooLongException;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;
import org.rigatino.dicom.Uids;

/**
 * Pages of one search, each of as many workitems as its service's answer has room for. One that has no room alone, and one without a
 * UID, is passed by, so that it hides no other. A search that was cut off goes on there the next time. Used by one thread.
 */
final class WorkitemPages {
    private static final Logger LOG = Logger.getLogger(WorkitemPages.class);
    private static final int LONGEST = 25;
    private static final int MOST_REQUESTS = 100;
    private static final int MOST_WITHOUT_ANY = 10;
    private static final int MOST_WORKITEMS = 20_000;

    private final String name;
    private final UpsRs service;
    private final Map<String, String> keys;
    private final Set<String> seen = new HashSet<>();
    private boolean anew = true;
    private int pageAt;
    private int offset;
    private int limit;
    private int requests;
    private int withoutAny;
    private DicomException passedBy;
    private boolean told;

    WorkitemPages(String name, UpsRs service, Map<String, String> keys) {
        this.name = name;
        this.service = service;
        this.keys = keys;
    }

    /** @return whether anew, and not where it was cut off */
    boolean begin() {
        boolean began = anew;
        anew = false;
        seen.clear();
        limit = LONGEST;
        requests = 0;
        withoutAny = 0;
        passedBy = null;
        return began;
    }

    /**
     * Those of the next page that were not on one before, with their {@link Workitem#mark}.
     *
     * @return empty where there are none, or as many have been looked at as are at once
     * @throws DicomException where the service does not say what there is, or nothing of what it says can be read
     */
    Map<String, Integer> next() throws DicomException {
        while (requests < MOST_REQUESTS && withoutAny < MOST_WITHOUT_ANY && seen.size() < MOST_WORKITEMS) {
            requests++;
            List<JsonDataset> page;
            try {
                page = service.search(keys, offset, limit);
            } catch (AnswerTooLongException e) {
                shorten(e);
                continue;
            }
            pageAt = offset;
            offset += page.size();
            limit = Math.min(2 * limit, LONGEST);
            int before = withoutAny;
            Map<String, Integer> fresh = fresh(page);
            if (!fresh.isEmpty()) {
                withoutAny = 0;
                return fresh;
            }
            if (page.isEmpty() || withoutAny == before) {
                restart();
                break;
            }
        }
        return end();
    }

    /** From its beginning, the next time. */
    void restart() {
        anew = true;
        offset = 0;
    }

    /** From the page that came last, the next time. */
    void putBack() {
        offset = pageAt;
    }

    private void shorten(AnswerTooLongException problem) {
        if (limit > 1) {
            limit /= 2;
        } else {
            offset++;
            withoutAny++;
            passBy(problem);
        }
    }

    private Map<String, Integer> fresh(List<JsonDataset> page) {
        Map<String, Integer> fresh = new LinkedHashMap<>();
        boolean unreadable = false;
        for (JsonDataset workitem : page) {
            String uid = uid(workitem);
            if (uid.isEmpty()) {
                unreadable = true;
            } else if (seen.add(uid)) {
                fresh.put(uid, Workitem.mark(workitem));
            }
        }
        if (unreadable) {
            withoutAny++;
            passBy(new DicomException("the service lists a workitem without a SOP Instance UID (0008,0018)"));
        }
        return fresh;
    }

    private static String uid(JsonDataset workitem) {
        try {
            return workitem.text(Workitem.SOP_INSTANCE_UID)
                    .filter(Uids::isValid)
                    .orElse("");
        } catch (DicomException e) {
            return "";
        }
    }

    private void passBy(DicomException problem) {
        passedBy = problem;
        if (!told) {
            told = true;
            LOG.warnf(
                    "a workitem that %s lists is passed by, and others of that kind without another line: %s",
                    name, problem.getMessage());
        }
    }

    private Map<String, Integer> end() throws DicomException {
        if (passedBy != null && seen.isEmpty()) {
            throw passedBy;
        }
        return Map.of();
    }
}
