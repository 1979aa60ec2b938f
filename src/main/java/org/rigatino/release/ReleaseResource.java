package org.rigatino.release;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;

/** Which releases serve, over REST. */
@Path("/api/releases")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
@Tag(name = "Models")
public class ReleaseResource {
    @Inject
    ReleasesOnRecord releases;

    @Inject
    Comparisons comparisons;

    @Inject
    Promotions promotions;

    @Inject
    Caller caller;

    /**
     * What the caller saw.
     *
     * @param others digests of those that go or come in the release's place; null where the caller does not mind
     * @param leaveToNobody {@code leavesToNobodySha256} of the release as it was shown, whose images that nobody would judge after the
     *     act are meant to be refused; null where there are none
     * @param acceptLosses of a promotion: {@code lossesSha256} of the release as it was shown, whose {@code losses} are meant to
     *     be given up; null where none are
     */
    public record Seen(Set<String> others, String leaveToNobody, String acceptLosses) {
        static String meant(Seen seen) {
            return seen == null ? null : seen.leaveToNobody;
        }

        static Promotions.Meant ofPromotion(Seen seen) {
            return new Promotions.Meant(meant(seen), seen == null ? null : seen.acceptLosses);
        }

        static Optional<Set<String>> of(Seen seen) {
            return Optional.ofNullable(seen).map(Seen::others);
        }
    }

    @GET
    @Operation(
            summary = "The releases that workers have seen: which serve, which are in shadow, what a promotion or going"
                    + " back would change")
    public List<ReleaseView> list() {
        return releases.all();
    }

    @GET
    @Path("{digest}/comparisons")
    @Operation(
            summary = "A release in shadow beside each that serves for such images, by its latest 1000 studies; none"
                    + " where it serves")
    public List<Comparison> compare(String digest) {
        if (releases.find(digest).isEmpty()) {
            throw new NotFoundException("no worker has seen a release of digest " + digest);
        }
        return comparisons.of(digest);
    }

    @POST
    @Path("{digest}/promote")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(
            summary = "A release in shadow serves, for all workers from the next study on, and those that judge such"
                    + " images too go into shadow; 409 where it serves already, where a living worker has not opened it or none is"
                    + " alive, where others serve than were seen, or where images"
                    + " would be left to nobody and leaveToNobody is not leavesToNobodySha256 of just those, or something is lost and"
                    + " acceptLosses is not lossesSha256 of just that")
    public Promotions.Changed promote(String digest, Seen seen) {
        return promotions.promote(digest, Seen.of(seen), Seen.ofPromotion(seen), caller.actor());
    }

    @POST
    @Path("{digest}/withdraw")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(
            summary =
                    "Goes back: a release that serves goes into shadow, and those whose place it took serve again, none"
                            + " where it took no other's; 409 as for a promotion, and where workers"
                            + " follow rules of the house that differ or cannot be told (rulesApart) and leaveToNobody is"
                            + " not leavesToNobodySha256 of just that")
    public Promotions.Changed withdraw(String digest, Seen seen) {
        return promotions.withdraw(digest, Seen.of(seen), Seen.meant(seen), caller.actor());
    }
}
