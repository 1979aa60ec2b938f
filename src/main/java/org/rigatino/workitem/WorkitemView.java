package org.rigatino.workitem;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How it stands with workitems.
 *
 * @param services that are configured, by name
 * @param workitems that were claimed, the latest first
 */
@Schema(name = "Workitems")
public record WorkitemView(List<Service> services, List<Item> workitems) {
    /**
     * A service that is asked for workitems.
     *
     * @param askedAt when it was asked last; null where that is to come
     * @param failingSince since when it has not answered as it should; null where it did
     * @param lastError null where it answered as it should
     */
    @Schema(name = "WorkitemService")
    public record Service(String name, String url, Instant askedAt, Instant failingSince, String lastError) {}

    /**
     * One workitem.
     *
     * @param workitem its SOP Instance UID
     * @param source where its input is fetched; null where it is waited for
     * @param state CLAIMING, IN_PROGRESS, COMPLETED or CANCELED; LOST where another has or ended it; GIVEN_UP where the service
     *     refused too often
     * @param progress in percent, as the service was told; null before
     * @param cancelReason why it is or was canceled; null where it is not
     * @param lastError why it does not move; null where nothing is wrong
     */
    @Schema(name = "ClaimedWorkitem")
    public record Item(
            String service,
            String workitem,
            String studyInstanceUid,
            String source,
            WorkitemState state,
            Integer progress,
            String cancelReason,
            String lastError,
            Instant claimedAt,
            Instant endedAt) {}
}
