package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.ingest.Sources;

/** Where the input of a workitem is fetched. A workitem chooses among the sources that are configured; it never brings one. */
@ApplicationScoped
class InputSource {
    @Inject
    Sources sources;

    @Inject
    RetrievalRecord retrievals;

    /** Null where there is none: the input is waited for. */
    String of(Workitem workitem, Optional<String> otherwise) {
        Optional<String> archive = sources.archives().entrySet().stream()
                .filter(one ->
                        workitem.input().aeTitles().contains(one.getValue().calledAeTitle()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
        Optional<String> service = sources.services().entrySet().stream()
                .filter(one -> workitem.input().urls().stream()
                        .anyMatch(url -> (url + "/").startsWith(one.getValue().study(workitem.study()) + "/")))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
        return archive.or(() -> service).or(() -> otherwise).orElse(null);
    }

    /** Asks for it once, however often this is called. @return whether that has been given up */
    boolean fetch(ClaimedWorkitem workitem) {
        if (workitem.source() == null || !sources.isConfigured(workitem.source())) {
            return false;
        }
        String asking = "workitem at " + workitem.service();
        return !retrievals.request(
                        asking,
                        workitem.uid() + " " + workitem.id(),
                        workitem.study(),
                        workitem.source(),
                        "by workitem " + workitem.uid() + " at " + workitem.service())
                && retrievals.hasFailed(asking, workitem.uid() + " " + workitem.id());
    }
}
