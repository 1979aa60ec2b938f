package org.rigatino.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;
import org.rigatino.web.ViewRecord;

/** Pictures of frames that a model judged, as PNG. They may show who the patient is where that is burnt in. */
@Path("/api/studies")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
@Tag(name = "Studies")
public class PictureResource {
    @Inject
    Pictures pictures;

    @Inject
    ViewRecord views;

    @Inject
    Visit visit;

    @GET
    @Path("{studyInstanceUid}/images/{sopInstanceUid}/frames/{frameNumber}/{picture}")
    @Produces("image/png")
    @Operation(
            summary = "source, restored, difference or overlay of a frame; center and width in the source's units;"
                    + " 404 where the file is not kept")
    public byte[] show(
            String studyInstanceUid,
            String sopInstanceUid,
            @Min(1) int frameNumber,
            String picture,
            @QueryParam("model") String modelDigest,
            @QueryParam("center") Double center,
            @QueryParam("width") Double width)
            throws IOException {
        JudgedFrames.Key frame = new JudgedFrames.Key(studyInstanceUid, sopInstanceUid, frameNumber, modelDigest);
        Optional<byte[]> png = pictures.draw(kind(picture), frame, window(center, width));
        byte[] found = png.orElseThrow(() -> new NotFoundException("there is no picture " + picture + " of frame "
                + frameNumber + " of instance " + sopInstanceUid + " in study " + studyInstanceUid
                + ": it was not judged, or its files are not kept here"));
        views.pictured(studyInstanceUid, sopInstanceUid, visit.actor());
        return found;
    }

    private static Pictures.Kind kind(String picture) {
        return Arrays.stream(Pictures.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(picture))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "there is no picture " + picture + ": source, restored, difference or overlay"));
    }

    private static Optional<GrayWindow> window(Double center, Double width) {
        if (center == null && width == null) {
            return Optional.empty();
        }
        if (center == null || width == null || !Double.isFinite(center) || !(width > 0) || !Double.isFinite(width)) {
            throw new BadRequestException("a window needs \"center\" and \"width\", a number above 0");
        }
        return Optional.of(new GrayWindow(center, width));
    }
}
