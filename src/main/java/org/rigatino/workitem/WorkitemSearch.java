package org.rigatino.workitem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.JsonDataset;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Uids;

/** Workitems of one service that may be claimed. Of what is left to others the log says why, each once in a while. */
final class WorkitemSearch {
    private static final Logger LOG = Logger.getLogger(WorkitemSearch.class);
    private static final int PAGE = 25;
    private static final int MOST_PAGES = 40;

    private final String name;
    private final ServiceSettings settings;
    private final UpsRs service;
    private final WorkitemRecord record;

    private final Cache<String, String> left = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    WorkitemSearch(String name, ServiceSettings settings, UpsRs service, WorkitemRecord record) {
        this.name = name;
        this.settings = settings;
        this.service = service;
        this.record = record;
    }

    /**
     * At most so many, each as its service has it now. The service is asked even for none, which tells how it stands with it.
     *
     * @throws DicomException where the service does not say what there is
     */
    List<Workitem> find(int most) throws DicomException {
        List<Workitem> found = new ArrayList<>();
        for (Map<String, String> keys : settings.searches()) {
            for (String uid : uids(keys)) {
                if (found.size() == most) {
                    return found;
                }
                if (left.getIfPresent(uid) == null
                        && found.stream().noneMatch(one -> one.uid().equals(uid))
                        && !record.isKnown(name, uid)) {
                    judge(uid).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** Of all pages, until one brings nothing new. */
    private Set<String> uids(Map<String, String> keys) throws DicomException {
        Set<String> uids = new LinkedHashSet<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<JsonDataset> found = service.search(keys, page * PAGE, PAGE);
            boolean news = false;
            for (JsonDataset workitem : found) {
                String uid = workitem.text(Workitem.SOP_INSTANCE_UID).orElse("");
                if (!Uids.isValid(uid)) {
                    throw new DicomException("the service lists a workitem without a SOP Instance UID (0008,0018)");
                }
                news |= uids.add(uid);
            }
            if (!news || found.size() < PAGE) {
                break;
            }
        }
        return uids;
    }

    /** The whole of it decides: what a search answers with need not have every attribute. */
    private Optional<Workitem> judge(String uid) throws DicomException {
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
        left.put(uid, reason);
        LOG.warnf("workitem %s at %s is left to others: %s", uid, name, reason);
    }
}
